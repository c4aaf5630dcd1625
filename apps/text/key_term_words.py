"""Words that tell a key term of an English abstract from the prose around it.

All are written as `apps.text.key_terms` compares them: lower case, singular, American spelling.
"""

FUNCTION_WORDS = frozenset(
    """
    a about above according across after again against all along alongside already also although
    always am amid among amongst an and another any anyone anything apart are around as aside at
    away back be became because become been before behind being below beneath beside besides
    between beyond both but by can cannot could de despite did do does doing done down due during
    each eg either else elsewhere enough et etc even ever every everyone everything except few
    fewer for former from further furthermore get given go gone got had half has have having he
    hence her here hers herself him himself his how however i ie if in indeed inside instead into
    is it its itself just last latter least less let like likewise made make many may maybe me
    meanwhile might mine more moreover most much must my myself namely near neither never
    nevertheless next no nobody none nonetheless nor not nothing notwithstanding now of off often
    on once one only onto or other otherwise ought our ours ourselves out outside over own per
    perhaps quite rather really regardless said same say see seem seen several shall she should
    since so some somehow someone something sometime sometimes somewhat somewhere still such
    taken than that the their theirs them themselves then thence there thereafter thereby
    therefore therein these they thing this those though through throughout thus to together too
    toward towards under unless unlike until up upon us use used using various versus very via vs
    was way we well were what whatever when whence whenever where whereas whereby wherein wherever
    whether which whichever while who whoever whole whom whose why will with within without won
    would yes yet you your yours yourself
    two three four five six seven eight nine ten eleven twelve dozen hundred thousand million
    billion trillion first second third fourth fifth twice zeroth
    today tomorrow yesterday year month week day hour minute decade century recent january
    february march april june july august september october november december
    cf fig eq ref sec resp wrt al viz ca approx pp
    """.split()  # noqa: SIM905 (easier to read and to keep than a list of strings)
)

ABOUT_THE_PAPER = frozenset(
    """
    abstract accuracy achievement acknowledgment addition advance advancement advantage aim
    alternative amount answer appendix approach argument article aspect assumption attempt author
    baseline basis beginning benefit bias-free bottleneck caveat challenge chapter choice claim
    codebase combination commentary comparison conclusion confirmation consequence consideration
    contrast contribution correction demonstration detail development difference difficulty
    discovery discussion drawback drop emphasis end enhancement error-free essence evidence
    example excellence existence experiment experimentation explanation extension fact finding
    flexibility focus footnote foundation framework fraction future gain gap github goal guarantee
    guidance guideline handful help hope hypothesis idea implication importance improvement
    increase indication insight intuition introduction investigation issue journal kind lack
    landscape latter lesson letter limitation list literature lot majority manner manuscript
    margin mean methodology method motivation multitude name nature necessity need note novelty
    number objective observation offer opportunity optimality-gap order outcome outlook overview
    paper part participant performance perspective piece pipeline place plenty point-out
    possibility potential practice practitioner preliminary preprint presence progress promise
    proof-of-concept property proposal proposition prospect publication purpose question range
    ratio-of reader reason recommendation-on remainder remark report requirement research
    researcher result review roadmap role scenario scope section series significance
    simplicity situation sort stance state-of-the-art statement step study submission success
    suggestion suite summary superiority survey takeaway technique thesis topic trade-off
    tradeoff trend tutorial type understanding update usage usefulness validity variant variation
    variety version view viewpoint website work workshop
    arxiv doi http https www url huggingface zenodo repository link code sota i.e e.g et.al
    """.split()  # noqa: SIM905
)

VERBS = frozenset(
    """
    accelerate accept accommodate accompany accomplish account accumulate achieve acquire act
    adapt add address adhere adjust adopt advocate affect afford aggregate aid aim align allow
    alleviate alter amplify analyze announce answer anticipate appear apply appreciate arise argue
    arrive articulate ask assemble assert assess assign assist assume assure attain attempt
    attract attribute augment avoid balance base begin behave believe belong benefit bound break
    bridge bring broaden build calculate call capture care carry catch categorize cause center
    challenge change characterize choose claim clarify classify close coincide collect combine
    come commence compare compete complement complete comprise compute conceive concentrate
    concern conclude conduct confine confirm conform confront confuse conjecture connect consider
    consist consolidate constitute constrain construct consume contain contend contextualize
    continue contrast contribute converge convert convey correct correlate correspond cover create
    criticize cultivate curate deal decide decline decompose decrease deduce deem deepen define
    degrade delineate deliver delve demand demonstrate denote depart depend depict deploy derive
    describe deserve design designate desire detail detect deteriorate determine develop deviate
    devise devote diagnose differ differentiate diminish disclose discover discuss disentangle
    display distinguish distribute diverge diversify divide document dominate draw drive dub
    echo eclipse elaborate elevate elicit eliminate elucidate embody embrace emerge emphasize
    employ empower emulate enable encapsulate encompass encounter encourage endow enforce engage
    enhance enjoy enlarge enrich ensure entail enter enumerate envision equip establish estimate
    evaluate evidence evolve examine exceed excel exclude execute exemplify exhibit exist expand
    expect experience explain exploit explore expose express extend extract facilitate fail
    fall falter feature feed fill finalize find fit fix focus follow force form formalize
    formulate foster function fulfill gain garner gather generalize generate give grant grasp
    grow guarantee guide hamper handle happen harness help highlight hinder hint hold hope identify
    ignore illuminate illustrate imitate impact impede imply import impose impress improve include
    incorporate increase incur indicate induce infer inflate influence inform inherit inhibit
    initialize initiate innovate insert inspect inspire instantiate integrate intend interact
    interpret introduce invert investigate invite invoke involve isolate iterate jeopardize join
    justify keep know lack lag lay lead leave lend lessen leverage lie limit list locate look lose
    lower maintain manage manifest manipulate match matter maximize measure meet merge merit
    minimize mirror mislead miss mitigate modify motivate move narrow necessitate neglect
    note notice observe obstruct obtain occupy occur offer omit operate optimize orchestrate
    originate outline outpace outperform output overcome overlook owe participate
    partition pass pave penalize perceive perform permit persist pertain pick pinpoint pioneer
    place play point pose position possess postulate precede predict prefer prepare
    prescribe present preserve prevail prevent proceed process produce progress prohibit project
    promise promote prompt-to propagate propose prove provide publish pursue push put quantify
    raise range reach react read realize recall receive recognize recommend reconcile record
    recover redefine reduce reexamine refer refine reflect reformulate refute regard reinforce
    reject relate relax release rely remain remark remedy remove render repeat replace
    replicate report represent reproduce require research resemble reshape reside resolve respect
    respond restrict result retain rethink retrieve reuse reveal revise revisit revolutionize
    rise run sacrifice safeguard satisfy save scrutinize seek seem select separate serve settle
    shape share shed shift show showcase signify simplify simulate situate solve span
    specify spend spur stand start state stem store streamline strengthen strive
    struggle study submit substantiate succeed suffer suffice suggest suit summarize supersede
    supplement support suppose suppress surge surpass surround survey sustain synthesize systematize
    tackle tailor take target tell tend term think tie track-down transcend
    transform translate treat trigger try turn uncover undergo underlie underpin underscore
    understand undertake unearth unify unleash unlock unravel unveil update uphold utilize
    validate vary verify view violate visualize want warrant weaken widen wish witness
    work worsen yield
    """.split()  # noqa: SIM905
)
"""Verbs; their forms in -s, -ed and -ing count as well, save NOUNS."""

NOUNS = frozenset(
    """
    accounting act aggregation alignment answering augmentation balance bed binding blending
    boosting bound breed bridge building caching call cascade cause centering change chart
    classification clustering coding computing control coupling creed deal deed demand design
    detail diagnosis display document drive editing embedding encoding engineering error
    estimate experience feature feed feedback fetching finding finetuning fit fitting folding
    force forecast forecasting form function greed grounding heed indexing influence
    interaction learning lensing limit list localization manifest manufacturing mapping match
    matching matter measure merge merging mining mirror mixing modeling monitoring move need
    operator output parsing partition pass planning play point pooling position preference
    process processing profiling project prompting pruning quantization query range ranking
    read reading reasoning recall record relay release rendering report representation reuse
    reward run sampling scattering scheduling screening seed segmentation sensing separation
    shape sharing shed shift signaling simulation span speed state steering stem stitching store
    streaming study support survey switching tagging target term testing tracking training
    transform translation tuning understanding unlearning watermarking weed writing yield
    """.split()  # noqa: SIM905
)
"""Nouns that look like a form of a verb: they may stand in a term."""

VAGUE = frozenset(
    """
    able abundant acceptable accessible accurate actual additional adequate aforementioned alike
    ample applicable appropriate arbitrary associated available aware bad better big brief capable
    careful central cheap clean clear clever close comparable compatible compelling complete
    complicated comprehensive concrete confident considerable consistent contemporary convenient
    conventional correct corresponding costly crucial current detailed different difficult
    distinct diverse dominant downstream easier easy effective elaborate elegant emerging
    enormous entire equal equivalent essential evident excellent exceptional excessive existing
    expensive extensive extra familiar faster favorable feasible final finer forthcoming frequent
    fresh fruitful full-fledged fundamental generalizable good great greater growing harder
    helpful higher highest highlighted holistic huge immediate immense impactful important
    impressive inaccurate inadequate incomplete incorrect ineffective inefficient inevitable inferior
    inherent initial innovative insightful instant insufficient interesting intricate
    intriguing intrinsic intuitive invaluable key larger largest latest lightweight limited
    longer lower lowest main major meaningful mere moderate modest multiple naive necessary
    new newer newly nice nontrivial notable noteworthy novel nuanced numerous obvious official old
    original out-of-the-box overall overlooked paramount particular perfect pivotal plain
    plausible plug-and-play poor popular possible potent powerful practical precise preferred
    preliminary premature present prevailing prevalent previous primary principled prior
    problematic profound prominent promising prone proper proposed prospective quick radical rapid
    ready realistic reasonable redundant related relevant reliable remarkable representative
    respective restrictive rich rigorous rough satisfactory scarce seamless separate serious severe
    shorter significant similar simpler simultaneous slight slower smaller sophisticated sound
    specific straightforward striking stronger subsequent substantial subtle successful sufficient
    suitable superior surprising task-specific temporary thorough time-consuming tiny
    traditional tremendous trivial typical ubiquitous ultimate unavailable unclear underexplored
    underlying unexpected unexplored unique unknown unnecessary unprecedented unrealistic
    unreliable unseen unsuitable up-to-date urgent useful usual valid valuable varied vast
    versatile viable vital weaker well-known well-established wider widespread worse worst
    worthwhile wrong state-of-the-art cutting-edge ever-growing ever-increasing high-quality
    large-scale real-world so-called cost-effective hands-on easy-to-use in-depth ad-hoc
    """.split()  # noqa: SIM905
)
"""Adjectives that name nothing."""

WEAK = frozenset(
    """
    active adaptive advanced analytic analytical approximate augmented automated automatic
    backward basic best bounded broad closed coarse coherent cold collaborative common compact
    competitive complex computational conceptual concurrent connected constrained continuous
    controlled cooperative core critical deep deeper dense dependent deterministic
    differential direct directed discrete distributed domain-specific double dual dynamic early
    efficient embedded empirical end-to-end exact experimental explicit extended external extreme
    fair false fast federated few-shot fine fine-grained finite fixed flat flexible forward free
    full general generalized generic global greedy ground guided hard heavy heterogeneous
    hierarchical high high-level historical homogeneous human-like hybrid ideal identical implicit
    independent individual infinite informed interactive intermediate internal joint large late
    learned lifelong linear little local long long-term lossless low low-cost low-level malicious
    manual many-body massive minimal minor missing mixed model-agnostic modern multi-step mutual
    narrow native natural negative noisy normal numerical offline one-shot online open open-ended
    open-source opposite optimal ordinary parallel partial passive past plural positive
    private proactive proprietary public pure qualitative quantitative quantized random rare raw
    real real-time recurrent reduced relative remote reproducible resilient responsible
    responsive rigid robust safe scalable secure selective self sensitive shallow shared sharp short
    short-term silent simple simulated single single-cell slow small smart smooth soft solid sparse
    special spontaneous stable standard static steady stimulated strict strong structural
    structured symmetric synchronous systematic theoretical three-dimensional tight top total
    trainable training-free transferable transparent true trustworthy two-dimensional two-stage
    uncertain uniform universal unlabeled unstable unsupervised virtual vulnerable weak weighted
    wide zero zero-shot 1d 2d 3d 4d 5g 6g
    """.split()  # noqa: SIM905
)
"""Adjectives that may begin a term of several words, but neither end one nor be one."""

GENERIC = frozenset(
    """
    ability access accuracy action activity adaptation algorithm analysis analog application
    architecture area array assessment asset assistance assistant atom attribute audience
    background bandwidth basis behavior benchmark bias block board body boundary box branch budget
    cell chain change channel character characteristic class cluster coefficient collection
    color column communication community company complexity component composition
    computation computer concept concern condition configuration constant constraint
    construction consumption content context control coordinate copy corpus correlation cost
    coverage criterion culture curve cycle data database dataset decision decrease definition
    degree density dependence dependency depth description design detection device diagram
    dimension dimensionality direction discourse discrepancy distance distribution diversity
    document domain duration dynamic edge education effect effectiveness efficiency effort
    element energy engine engineer entity environment equation equivalence error estimate
    estimation estimator evaluation event evolution execution exercise expectation expense
    experience expert expertise exploration exposure expression factor failure family feature
    feedback field file filter flow form format formation formula formulation frame frequency
    function functionality generation generator geometry graph group growth hand hardware head
    health history human image impact implementation individual industry inference information
    input instance institution instruction integration intensity interaction interest interface
    interpretation interval item iteration judgment key knowledge label language latency law
    layer learner learning length level library life light limit line location log logic loss
    machine magnitude maintenance management map mapping market mass material matrix maximum
    measure measurement mechanism medium member memory message metric minimum mode model
    modeling module moment movement network node noise object operation operator optimization
    optimum option organization orientation origin output overhead pair parameter
    particle partition partner party path pattern people percent percentage performance period
    person phase phenomenon physics pixel plan plane platform point policy population position
    power precision prediction predictor preference principle prior priority probability
    problem procedure process processing product production profile program programming project
    prompt protocol provider quality quantity query random rate ratio reaction reading reality
    recall reconstruction record recovery reduction reference region regime relation
    relationship relevance reliability removal representation request resolution resource
    response responsibility rest return risk robustness root rule run sample sampling scale
    scaling scene scheme science scientist score script search selection sense sensitivity sentence
    separation sequence server service set setting setup shape share shift side signal similarity
    simulation site size skill society software solution solver sound source space span
    specification spectrum speed stability stage stakeholder standard state statistic status
    strategy strength structure student style subject subset support surface symbol system table
    target task teacher team technology tendency tension term test testing text theme theorem theory
    threshold throughput time token tool trace traffic training transfer transformation
    transition translation treatment tree trial type uncertainty unit user utility utterance
    validation value variability variable variance vector video visualization volume weight
    window word workflow world
    agreement attention capacity capability case cause chance complex deployment design
    discovery disease distribution enhancement evidence fact generalization hypothesis
    identification initiative innovation insight intelligence intent intervention investment
    judge merit name need notion opinion output pair perception practice presence progress proof
    purpose question reason recognition report review role search standard step story
    test topic trust turn video view voice
    """.split()  # noqa: SIM905
)
"""Nouns that say too little alone, but may end a term: "diffusion model"."""

NO_TERMS = frozenset(
    """
    best practice|big data|black box|broad range|case study|close form|code available
    computational cost|computational efficiency|computational complexity|computational resource
    conventional wisdom|current model|data set|different dataset|different task|domain expert
    downstream task|empirical analysis|empirical evaluation|extensive evaluation|future work
    general purpose|ground truth|high accuracy|high quality|high quality data|human effort
    important problem|inference time|key component|large scale|large number|long standing
    long term|low cost|main idea|model performance|model size|multiple dataset|multiple task
    necessary condition|numerical example|numerical simulation|open question|open source
    open problem|original data|out of the box|poor quality|prior knowledge|public dataset
    qualitative analysis|quantitative analysis|real data|real time|real world|real world data
    real world dataset|real world application|real world task|real world problem|running time
    significant improvement|simple model|single model|small number|special case|specific task
    standard benchmark|standard deviation|standard model performance|state of the art
    state of the art model|strong baseline|sufficient condition|synthetic and real|test set
    theoretical analysis|time complexity|time consuming|training data|training set
    training time|training process|wide range|wide variety|world application|world data
    world dataset|world scenario|art model|various task|various domain|diverse domain
    diverse task|benchmark dataset|evaluation metric|input data|large amount|art performance
    public benchmark|multiple benchmark|diverse benchmark|model code|code model|user study
    """.replace("\n", "|").replace("    ", "").split("|")
)
"""What looks like a term of several words and is boilerplate."""

ADJECTIVE_ENDINGS = ("al", "ic", "ive", "ous", "able", "ible", "ful", "less", "ant", "ary", "ed")

NOUNS_WITH_ADJECTIVE_ENDINGS = frozenset(
    """
    accelerant adjective alternative animal approval arabic archival archive arithmetic
    arrival bed biomedical-signal boundary breed cable capital ceramic chemical clinic
    coolant constant crystal dialogical derivative determinant diagonal dictionary differential
    diffusive dihedral discriminant disposal electric-signal embed epidemic ethic executive
    fabric feed festival fossil functional goal graphical-user-interface heuristic hospital
    incentive infant informant integral interval invariant journal kernel lexical library
    logic logical-proposal manual material medical-signal memorial metal metric mechanic
    mineral motive music narrative native numeral observable optic optical-signal pandemic
    pedestal phonetic physic plant plastic plural polynomial portal potential primitive
    proposal quadrant radical referral reinstrument relative renewal removal residual
    resultant retrieval rhetoric rival ritual robotic sal seed semantic sexual-signal
    signal speed spiral statistic summary supernal survival table tactic terminal topic
    traffic transient trial tutorial unlabeled variable variant vegetable vertical visual
    vocabulary wearable wireless assistant binary covariant dark-general electrical-signal glossary
    """.split()  # noqa: SIM905
)

LY_NOUNS = frozenset(
    "anomaly assembly family fly homily italy july monopoly multiply poly reply supply butterfly".split()  # noqa: SIM905
)

PREFIXES = frozenset(
    """
    anti auto bi bio co counter cross-over cyber de di electro geo hetero homo hyper inter
    intra iso macro magneto mega meta micro mono multi nano neuro non omni opto pan para
    photo poly post pre pseudo psycho quasi radio re semi socio spatio sub super thermo trans tri
    ultra un uni
    """.split()  # noqa: SIM905
)
"""First parts that are no words of their own: "pre-training" is "pretraining"."""

TRANSPARENT = frozenset("based powered driven assisted enabled enhanced infused".split())  # noqa: SIM905
"""Second parts that say only that something is used: an "LLM-based agent" is an "LLM agent"."""

IRREGULAR = {
    "analyses": "analysis", "axes": "axis", "axioms": "axiom", "bases": "basis",
    "biases": "bias", "buses": "bus", "calculi": "calculus", "children": "child",
    "corpora": "corpus", "crises": "crisis", "criteria": "criterion", "diagnoses": "diagnosis",
    "foci": "focus", "formulae": "formula", "gases": "gas", "genera": "genus",
    "halves": "half", "hypotheses": "hypothesis", "indices": "index", "lemmata": "lemma",
    "lenses": "lens", "lives": "life", "manifolds": "manifold", "matrices": "matrix",
    "maxima": "maximum", "media": "medium", "minima": "minimum", "moduli": "modulus",
    "momenta": "momentum", "movies": "movie", "nuclei": "nucleus", "optima": "optimum",
    "parentheses": "parenthesis", "phenomena": "phenomenon", "quanta": "quantum",
    "radii": "radius", "series": "series", "simplices": "simplex", "species": "species",
    "spectra": "spectrum", "stimuli": "stimulus", "strata": "stratum", "syntheses": "synthesis",
    "theses": "thesis", "tori": "torus", "vacua": "vacuum", "vertices": "vertex",
    "viruses": "virus", "vortices": "vortex", "women": "woman", "men": "man", "people": "people",
    "zeros": "zero", "zeroes": "zero", "aliases": "alias", "canvases": "canvas",
    "atlases": "atlas", "statuses": "status", "consensuses": "consensus", "wolves": "wolf",
    "leaves": "leaf", "shelves": "shelf", "knives": "knife", "echoes": "echo", "heroes": "hero",
    "cookies": "cookie", "zombies": "zombie", "selfies": "selfie", "ties": "tie",
}  # fmt: skip

UNCOUNTED = frozenset(
    """
    physics mathematics dynamics statistics mechanics economics linguistics robotics optics
    genomics proteomics ethics politics analytics semantics kinematics hydrodynamics
    thermodynamics electronics photonics acoustics informatics genetics pragmatics logistics
    news lens gas atlas bias chaos canvas alias kubernetes paris texas les los whereas always
    towards perhaps besides sometimes diabetes athens mass-loss covariates-less alzheimers
    phonetics graphics diagnostics forensics metaphysics electrodynamics chromodynamics
    spintronics plasmonics bioinformatics cosmos kudos pathos ethos logos
    """.split()  # noqa: SIM905
)
"""Words in -s that are no plurals."""

SPELLINGS = {
    "analyse": "analyze", "analysing": "analyzing", "analysed": "analyzed",
    "behaviour": "behavior", "behavioural": "behavioral", "colour": "color",
    "catalogue": "catalog", "centre": "center", "defence": "defense", "dialog": "dialogue",
    "disc": "disk", "endeavour": "endeavor", "fibre": "fiber", "flavour": "flavor",
    "grey": "gray", "harbour": "harbor", "labelled": "labeled", "labelling": "labeling",
    "unlabelled": "unlabeled", "licence": "license", "modelled": "modeled",
    "modelling": "modeling", "neighbour": "neighbor", "neighbourhood": "neighborhood",
    "programme": "program", "signalling": "signaling", "travelling": "traveling",
    "tumour": "tumor", "vapour": "vapor", "judgement": "judgment", "favour": "favor",
    "honour": "honor", "rumour": "rumor", "sulphur": "sulfur", "artefact": "artifact",
    "finetuning": "fine tuning", "finetune": "fine tune", "finetuned": "fine tuned",
    "timeseries": "time series", "chatbot": "chat bot", "opensource": "open source",
    "multi": "multi", "e-mail": "email", "onboard": "on board",
}  # fmt: skip

ACRONYMS = {
    "ai": "artificial intelligence", "agi": "artificial general intelligence",
    "asr": "automatic speech recognition", "bev": "bird's eye view",
    "cnn": "convolutional neural network", "cot": "chain of thought",
    "dnn": "deep neural network", "drl": "deep reinforcement learning",
    "gan": "generative adversarial network", "gnn": "graph neural network",
    "gcn": "graph convolutional network", "hpc": "high performance computing",
    "iot": "internet of things", "llm": "large language model", "lm": "language model",
    "lmm": "large multimodal model", "lrm": "large reasoning model",
    "lvlm": "large vision language model", "marl": "multi-agent reinforcement learning",
    "mllm": "multimodal large language model", "moe": "mixture of experts",
    "nlp": "natural language processing", "nmt": "neural machine translation",
    "plm": "pretrained language model", "pinn": "physics informed neural network",
    "rag": "retrieval augmented generation", "rl": "reinforcement learning",
    "rlhf": "reinforcement learning from human feedback",
    "rlvr": "reinforcement learning with verifiable rewards", "rnn": "recurrent neural network",
    "sft": "supervised fine tuning", "slm": "small language model", "snn": "spiking neural network",
    "tts": "text to speech", "uav": "unmanned aerial vehicle", "vae": "variational autoencoder",
    "vla": "vision language action model", "vlm": "vision language model",
    "vqa": "visual question answering", "xai": "explainable artificial intelligence",
}  # fmt: skip
"""Acronyms that stand for one thing all over arXiv, with what they stand for."""

NAMES_WITH_SMALL_WORDS = (
    "bag of words", "chain of thought", "graph of thought", "tree of thought",
    "density of states", "degrees of freedom", "direction of arrival", "end of life",
    "equation of state", "human in the loop", "internet of things", "internet of vehicles",
    "law of large numbers", "line of sight", "mixture of experts", "mixture of agents",
    "needle in a haystack", "out of distribution", "point of interest", "proof of work",
    "proof of stake", "quality of experience", "quality of service", "region of interest",
    "text to image", "text to video", "text to speech", "text to sql", "image to image",
    "image to video", "speech to text", "speech to speech", "sequence to sequence",
    "sim to real", "peer to peer", "vehicle to everything", "point to point",
    "theory of mind", "time of flight", "time to first token", "llm as a judge",
    "reinforcement learning from human feedback", "state of charge", "best of n",
    "reinforcement learning with verifiable rewards", "random walk with restart",
)  # fmt: skip
"""Terms that have a small word inside, where otherwise every small word ends a term."""
