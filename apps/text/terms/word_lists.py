"""Word lists that tell key terms of an English abstract from the prose around them.

All words are normalised as `apps.text.terms.key_terms` does it: lower case, singular, American
spelling.
"""

FUNCTION_WORDS = frozenset(
    """
    a about above according across after again against al all along alongside already also although
    always am amid among amongst an and another any anyone anything apart approx april are around as
    aside at august away back be became because become been before behind being below beneath beside
    besides between beyond billion both but by ca can cannot century cf could day de decade december
    despite did do does doing done down dozen due during each eg eight either eleven else elsewhere
    enough eq et etc even ever every everyone everything except february few fewer fifth fig first
    five for former four fourth from further furthermore get given go gone got had half has have
    having he hence her here hers herself him himself his hour how however hundred i ie if in indeed
    inside instead into is it its itself january july june just last latter least less let like
    likewise made make many march may maybe me meanwhile might million mine minute month more
    moreover most much must my myself namely near neither never nevertheless next nine no nobody
    none nonetheless nor not nothing notwithstanding november now october of off often on once one
    only onto or other otherwise ought our ours ourselves out outside over own per perhaps pp quite
    rather really recent ref regardless resp said same say sec second see seem seen september seven
    several shall she should since six so some somehow someone something sometime sometimes somewhat
    somewhere still such taken ten than that the their theirs them themselves then thence there
    thereafter thereby therefore therein these they thing third this those though thousand three
    through throughout thus to today together tomorrow too toward towards trillion twelve twice two
    under unless unlike until up upon us use used using various versus very via viz vs was way we
    week well were what whatever when whence whenever where whereas whereby wherein wherever whether
    which whichever while who whoever whole whom whose why will with within without won would wrt
    year yes yesterday yet you your yours yourself zeroth
    """.split()  # noqa: SIM905 (easier to read and to keep than a list of strings)
)

ABOUT_THE_PAPER = frozenset(
    """
    abstract accuracy achievement acknowledgment addition advance advancement advantage aim
    alternative amount answer appendix approach argument article arxiv aspect assumption attempt
    author baseline basis beginning benefit bottleneck caveat challenge chapter choice claim code
    codebase combination commentary comparison conclusion confirmation consequence consideration
    contrast contribution correction demonstration development difference difficulty discovery
    discussion doi drawback drop e.g emphasis end enhancement essence et.al evidence example
    excellence existence experiment experimentation explanation extension fact finding flexibility
    focus footnote foundation fraction framework future gain gap github goal guarantee guidance
    guideline handful help hope http https huggingface hypothesis i.e idea implication importance
    improvement increase indication insight introduction intuition investigation issue journal
    kind lack landscape latter lesson letter limitation link list literature lot majority manner
    manuscript margin mean method methodology motivation multitude name nature necessity need note
    novelty number objective observation offer opportunity order outcome outlook overview paper
    part participant performance perspective piece pipeline place plenty possibility potential
    practice practitioner preliminary preprint presence progress promise proof-of-concept property
    proposal proposition prospect publication purpose question range reader reason recommendation
    remainder remark report repository requirement research researcher result review roadmap role
    scenario scope section series significance simplicity situation sort sota stance
    state-of-the-art statement step study submission success suggestion suite summary superiority
    survey takeaway technique thesis topic trade-off tradeoff trend tutorial type understanding
    update url usage usefulness validity variant variation variety version view viewpoint website
    work workshop www zenodo
    """.split()  # noqa: SIM905
)

VERBS = frozenset(
    """
    accelerate accept accommodate accompany accomplish account accumulate achieve acquire act adapt
    add address adhere adjust adopt advocate affect afford aggregate aid aim align alleviate allow
    alter amplify analyze announce answer anticipate appear apply appreciate approach argue arise
    arrive articulate ask assemble assert assess assign assist assume assure attain attempt attract
    attribute augment avoid balance base became began begin begun behave believe belong benefit
    bound break bridge bring broaden brought build built calculate call came capture care carry
    catch categorize caught cause center challenge change characterize choose chose chosen claim
    clarify classify close coincide collect combine come commence compare compete complement
    complete compose comprise compromise compute conceive concentrate concern conclude conduct
    confine confirm conform confront confuse conjecture connect consider consist consolidate
    constitute constrain construct consume contain contend contextualize continue contrast
    contribute converge convert convey correct correlate correspond cover create criticize cultivate
    curate deal decide decline decompose decrease deduce deem deepen define degrade delineate
    deliver delve demand demonstrate denote depart depend depict deploy derive describe deserve
    design designate desire detail detect deteriorate determine develop deviate devise devote
    diagnose differ differentiate diminish disclose discover discuss disentangle display disrupt
    distinguish distribute diverge diversify divide document doe dominate draw drawn drive driven
    dub echo eclipse elaborate elevate elicit eliminate elucidate embody embrace emerge emphasize
    employ empower emulate enable encapsulate encompass encounter encourage endow enforce engage
    enhance enjoy enlarge enrich ensure entail enter enumerate envision equip establish estimate
    evaluate evidence evolve examine exceed excel exclude execute exemplify exhibit exist expand
    expect experience explain exploit explore expose express extend extract facilitate fail fall
    fallen falter feature feed fell felt fill finalize find fit fix focus follow force forgot
    forgotten form formalize formulate foster found fulfill function gain garner gather gave
    generalize generate give gone grant grasp grew grow grown guarantee guide hamper handle happen
    harness held help hid hidden hide highlight hinder hint hold hope hurt identify ignore
    illuminate illustrate imitate impact impede implement imply import impose impress improve
    include incorporate increase incur indicate induce infer inflate influence inform inherit
    inhibit initialize initiate innovate insert inspect inspire instantiate integrate intend
    interact interpret introduce invert investigate invite invoke involve isolate iterate jeopardize
    join justify keep knew know known lack lag lay lead leave led left lend lent lessen leverage lie
    limit list locate look lose lost lower maintain manage manifest manipulate match matter maximize
    meant measure meet merge merit met minimize mirror mislead miss mitigate modify motivate move
    narrow necessitate neglect note notice observe obstruct obtain occupy occur offer omit operate
    optimize orchestrate originate outline outpace outperform output overcome overlook owe paid
    parallelize participate partition pass pave penalize perceive perform permit persist pertain
    pick pinpoint pioneer place play point pose position possess postulate precede predict prefer
    prepare prescribe present preserve prevail prevent prioritize proceed process produce progress
    prohibit project promise promote propagate propose prove provide publish pursue push put
    quantify raise ran range reach react read realize recall receive recognize recommend reconcile
    reconstruct record recover redefine reduce reexamine refer refine reflect reformulate refute
    regard reinforce reject relate relax release rely remain remark remedy remove render repeat
    replace replicate report represent reproduce require research resemble reshape reside resolve
    respect respond restrict result retain rethink retrieve reuse reveal revise revisit
    revolutionize rise rose run sacrifice safeguard satisfy save scrutinize seek seem select sent
    separate serve settle shape share shed shift show showcase shown signify simplify simulate
    situate solve sought span specify spend spent spur stand start state stem stood stop store
    streamline strengthen strive struck struggle study submit substantiate succeed suffer suffice
    suggest suit summarize supersede supplement support suppose suppress surge surpass surround
    survey sustain synthesize systematize tackle tailor take target taught tell tend term think
    thought tie told took trade transcend transform translate treat trigger try turn uncover undergo
    underlie underpin underscore understand understood undertake underwent unearth unify unleash
    unlock unravel unveil update uphold utilize validate vary verify view violate visualize want
    warrant weaken went widen wish witness wore work worsen written wrote yield
    """.split()  # noqa: SIM905
)
"""Verbs; their forms in -s, -ed and -ing count too, except those in NOUNS."""

NOUNS = frozenset(
    """
    accounting act aggregation alignment answering augmentation balance balancing bed binding
    blending boosting bound breaking breed bridge building caching call calling capture care
    cascade cause center centering change chart classification clustering coding compute computing
    conjecture control coupling creed deal deed demand design detail diagnosis display document
    drawing drive driving dubbing echo editing embedding encoding engineering error estimate
    experience feature feed feedback fetching finding finetuning fit fitting fixing folding
    following force forcing forecast forecasting form forming function gathering grasping greed
    grounding harness heed hiding indexing influence interaction learning lensing limit list
    localization manifest manufacturing mapping mask match matching matter measure merge merging
    mining mirror mixing modeling monitoring move need operator output parsing partition pass
    passing planning play point pooling pose position positioning preference process processing
    profiling project prompting proving pruning quantization query range ranking read reading
    reasoning recall record recording relay release rendering report representation reuse reward
    run sampling scattering scheduling screening seed segmentation sensing separation serving
    shape shaping sharing shed shift signaling simulation solving span speed state steering stem
    stitching store streaming study support surface survey switching tagging target term testing
    thinking thought tracking trading training transform translation tuning turn understanding
    unlearning update watermarking weed writing yield
    """.split()  # noqa: SIM905
)
"""Nouns that look like verb forms; allowed in terms."""

VAGUE = frozenset(
    """
    able abundant acceptable accessible accurate actual ad-hoc additional adequate aforementioned
    alike ample applicable appropriate arbitrary associated available aware bad better big brief
    capable careful central cheap clean clear clever close comparable compatible compelling
    complete complicated comprehensive concrete confident considerable consistent contemporary
    convenient conventional correct corresponding cost-effective costly crucial current
    cutting-edge detailed different difficult distinct diverse dominant downstream easier easy
    easy-to-use effective elaborate elegant emerging enormous entire equal equivalent essential
    ever-growing ever-increasing evident excellent exceptional excessive existing expensive
    extensive extra familiar faster favorable feasible final finer forthcoming frequent fresh
    fruitful full-fledged fundamental generalizable good great greater growing hands-on harder
    helpful high-quality higher highest highlighted holistic huge immediate immense impactful
    important impressive in-depth inaccurate inadequate incomplete incorrect ineffective
    inefficient inevitable inferior inherent initial innovative insightful instant insufficient
    interesting intricate intriguing intrinsic intuitive invaluable key large-scale larger largest
    latest lightweight limited longer lower lowest main major meaningful mere moderate modest
    multiple naive necessary new newer newly nice nontrivial notable noteworthy novel nuanced
    numerous obvious official old original out-of-the-box overall overlooked paramount particular
    perfect pivotal plain plausible plug-and-play poor popular possible potent powerful practical
    precise preferred preliminary premature present prevailing prevalent previous primary
    principled prior problematic profound prominent promising prone proper proposed prospective
    quick radical rapid ready real-world realistic reasonable redundant related relevant reliable
    remarkable representative respective restrictive rich rigorous rough satisfactory scarce
    seamless separate serious severe shorter significant similar simpler simultaneous slight
    slower smaller so-called sophisticated sound specific state-of-the-art straightforward
    striking stronger subsequent substantial subtle successful sufficient suitable superior
    surprising task-specific temporary thorough time-consuming tiny traditional tremendous trivial
    typical ubiquitous ultimate unavailable unclear underexplored underlying unexpected unexplored
    unique unknown unnecessary unprecedented unrealistic unreliable unseen unsuitable up-to-date
    urgent useful usual valid valuable varied vast versatile viable vital weaker well-established
    well-known wider widespread worse worst worthwhile wrong
    """.split()  # noqa: SIM905
)
"""Adjectives without content."""

WEAK = frozenset(
    """
    1d 2d 3d 4d 5g 6g active adaptive advanced analytic analytical approximate augmented automated
    automatic backward basic bayesian best boolean bounded broad closed coarse coherent cold
    collaborative common compact competitive complex computational conceptual concurrent connected
    constrained continuous controlled cooperative core critical deep deeper dense dependent
    deterministic differential direct directed discrete distributed domain-specific double dual
    dynamic early efficient embedded empirical end-to-end euclidean exact experimental explicit
    extended external extreme fair false fast federated few-shot fine fine-grained finite fixed flat
    flexible forward free full gaussian general generalized generic global greedy ground guided hard
    heavy hermitian heterogeneous hierarchical high high-level historical homogeneous human-like
    hybrid ideal identical implicit independent individual infinite informed interactive
    intermediate internal joint large late learned lifelong linear little local long long-term
    lossless low low-cost low-level malicious manual many-body markovian massive minimal minor
    missing mixed model-agnostic modern multi-step mutual narrow native natural negative newtonian
    noisy normal numerical offline one-shot online open open-ended open-source opposite optimal
    ordinary parallel partial passive past plural positive private proactive proprietary public pure
    qualitative quantitative quantized random rare raw real real-time recurrent reduced relative
    remote reproducible resilient responsible responsive riemannian rigid robust safe scalable
    secure selective self sensitive shallow shared sharp short short-term silent simple simulated
    single single-cell slow small smart smooth soft solid sparse special spontaneous stable standard
    static steady stimulated strict strong structural structured symmetric synchronous systematic
    theoretical three-dimensional tight top total trainable training-free transferable transparent
    true trustworthy two-dimensional two-stage uncertain uniform universal unlabeled unstable
    unsupervised virtual vulnerable weak weighted wide zero zero-shot
    """.split()  # noqa: SIM905
)
"""Adjectives that may begin a term of several words, but neither end nor be one."""

GENERIC = frozenset(
    """
    ability access accuracy action activity adaptation agreement algorithm analog analysis
    application architecture area array assessment asset assistance assistant atom attention
    attribute audience average background balancing bandwidth basis behavior benchmark bias block
    board body boundary box branch breaking budget calling candidate capability capacity capture
    care case cause cell center chain chance change channel character characteristic class cluster
    coefficient collection color column communication community company complex complexity component
    composition computation compute computer concept concern condition configuration conjecture
    constant constraint construction consumption content context control coordinate copy corpus
    correlation cost coverage criterion culture curve cycle data database dataset decision decrease
    definition degree density dependence dependency deployment depth description design detection
    device diagram dimension dimensionality direction discourse discovery discrepancy disease
    distance distribution diversity document domain driving duration dynamic edge education effect
    effectiveness efficiency effort element energy engine engineer enhancement entity environment
    equation equivalence error estimate estimation estimator evaluation event evidence evolution
    execution exercise expectation expense experience expert expertise exploration exposure
    expression fact factor failure family feature feedback field file filter fixing flow following
    form format formation forming formula formulation frame frequency function functionality
    gathering generalization generation generator geometry graph group growth hand hardware head
    health history human hypothesis identification image impact implementation individual industry
    inference information initiative innovation input insight instance institution instruction
    integration intelligence intensity intent interaction interest interface interpretation interval
    intervention investment item iteration judge judgment key knowledge label language latency law
    layer learner learning length level library life light limit line location log logic loss
    machine magnitude maintenance management map mapping market mask mass material matrix matter
    maximum measure measurement mechanism medium member memory merit message metric minimum mode
    model modeling module moment movement name need network node noise notion object operation
    operator opinion optimization optimum option organization orientation origin output overhead
    pair parameter particle partition partner party passing path pattern people percent percentage
    perception performance period person phase phenomenon physics pixel plan plane platform point
    policy population position power practice precision prediction predictor preference presence
    principle prior priority probability problem procedure process processing product production
    profile program programming progress project prompt proof protocol provider proving purpose
    quality quantity query question random rate ratio reaction reading reality reason recall
    recognition reconstruction record recovery reduction reference regime region relation
    relationship relevance reliability removal report representation request resolution resource
    response responsibility rest return review risk robustness role root rule run sample sampling
    scale scaling scene scheme science scientist score script search selection sense sensitivity
    sentence separation sequence server service set setting setup shape shaping share shift side
    signal similarity simulation site size skill society software solution solver solving sound
    source space span specification spectrum speed stability stage stakeholder standard state
    statistic status step story strategy strength structure student style subject subset support
    surface symbol system table target task tax teacher team technology tendency tension term test
    testing text theme theorem theory thought threshold throughput time token tool topic trace
    traffic training transfer transformation transition translation treatment tree trial trust turn
    type uncertainty unit update user utility utterance validation value variability variable
    variance vector video view visualization voice volume weight window word workflow world
    """.split()  # noqa: SIM905
)
"""Nouns too general to be a term alone, but allowed at the end of one: "diffusion model"."""

ADJECTIVE_ENDINGS = ("al", "ic", "ive", "ous", "able", "ible", "ful", "less", "ant", "ary", "ed")

NOUNS_WITH_ADJECTIVE_ENDINGS = frozenset(
    """
    adjective animal approval archival archive arithmetic arrival assistant bed binary boundary
    breed cable capital ceramic chemical clinic constant covariant crystal derivative determinant
    diagonal dictionary differential disposal embed epidemic executive fabric feed festival fossil
    glossary goal heuristic hospital incentive informant integral interval invariant journal
    kernel library logic manual material metal metric mineral motive music narrative numeral
    observable pandemic pedestal plant plastic polynomial portal potential primitive proposal
    quadrant radical referral removal renewal residual resultant retrieval rhetoric ritual rival
    seed signal speed spiral summary survival table tactic terminal topic traffic transient trial
    variable variant vegetable vocabulary wearable
    """.split()  # noqa: SIM905
)

LY_NOUNS = frozenset(
    "anomaly assembly butterfly family fly italy monopoly reply supply".split()  # noqa: SIM905
)

PREFIXES = frozenset(
    """
    anti auto bi bio co counter de di electro geo hetero homo hyper inter intra iso macro magneto
    meta micro mono multi nano neuro non omni opto poly pre pseudo psycho quasi re semi socio
    spatio sub thermo trans tri ultra un uni
    """.split()  # noqa: SIM905
)
"""Prefixes: "pre-training" is "pretraining"."""

TRANSPARENT = frozenset("based powered driven assisted enabled enhanced infused".split())  # noqa: SIM905
"""Endings of compounds without content: an "LLM-based agent" is an "LLM agent"."""
