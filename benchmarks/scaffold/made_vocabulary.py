"""What generated papers talk about: the fields of science, their words, and forms of sentences.

A gap such as <thing> is filled by `papers_generator.Writer`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """A part of science: its share of all papers, its categories, and what it talks about."""

    share: float
    categories: tuple[str, ...]
    things: tuple[str, ...]
    methods: tuple[str, ...]
    qualities: tuple[str, ...]


def words(written: str) -> tuple[str, ...]:
    """Return what stands between commas."""
    return tuple(part.strip() for part in written.split(","))


FIELDS = (
    Field(
        0.25,
        words("cs.LG, cs.CL, cs.CV, cs.AI, cs.RO, cs.IR, cs.NE"),
        words(
            "large language models, neural networks, image classifiers, policies, word embeddings, "
            "diffusion models, transformers, robot arms, recommender systems, knowledge graphs, "
            "point clouds, speech recognisers, dialogue agents, training data, reward models"
        ),
        words(
            "reinforcement learning, contrastive pre-training, knowledge distillation, pruning, "
            "in-context learning, self-attention, low-rank adaptation, gradient descent, "
            "curriculum learning, retrieval augmentation, data augmentation, federated averaging"
        ),
        words(
            "robust, sample-efficient, interpretable, multilingual, sparse, scalable, few-shot, "
            "calibrated, long-context, on-device"
        ),
    ),
    Field(
        0.12,
        words("cs.CR, cs.DS, cs.SE, cs.DC, cs.NI, cs.IT, cs.LO, cs.HC, cs.DB, cs.SY"),
        words(
            "smart contracts, wireless channels, key-value stores, compilers, consensus protocols, "
            "graph streams, error-correcting codes, type systems, query plans, user interfaces, "
            "power grids, test suites, cache hierarchies, proof assistants"
        ),
        words(
            "fuzzing, model checking, linear programming, approximation algorithms, "
            "static analysis, homomorphic encryption, hashing, consensus, "
            "formal verification, load balancing"
        ),
        words("distributed, verifiable, fault-tolerant, online, parallel, secure, low-latency"),
    ),
    Field(
        0.20,
        words(
            "math.AG, math.NT, math.AP, math.CO, math.PR, math.DG, math.OC, math.NA, math.GT, "
            "math.RT"
        ),
        words(
            "elliptic curves, moduli spaces, random graphs, Lie algebras, hyperbolic manifolds, "
            "parabolic equations, prime gaps, Markov chains, vector bundles, convex bodies, "
            "modular forms, knot invariants, stochastic processes, finite groups, measures"
        ),
        words(
            "spectral sequences, the circle method, variational methods, finite elements, "
            "Fourier analysis, deformation theory, a compactness argument, coupling, sieve methods"
        ),
        words("smooth, non-commutative, ergodic, compact, singular, hyperbolic, equivariant"),
    ),
    Field(
        0.10,
        words(
            "cond-mat.mtrl-sci, cond-mat.mes-hall, cond-mat.str-el, cond-mat.soft, "
            "cond-mat.stat-mech"
        ),
        words(
            "topological insulators, graphene bilayers, spin liquids, colloids, superconductors, "
            "perovskites, quantum dots, Weyl semimetals, polymers, thin films, magnons"
        ),
        words(
            "density functional theory, Monte Carlo simulation, neutron scattering, mean-field "
            "theory, photoemission, molecular dynamics, renormalisation"
        ),
        words("two-dimensional, frustrated, disordered, chiral, strongly correlated, metastable"),
    ),
    Field(
        0.09,
        words("astro-ph.GA, astro-ph.CO, astro-ph.HE, astro-ph.SR, astro-ph.EP, astro-ph.IM"),
        words(
            "brown dwarfs, galaxy clusters, gamma-ray bursts, exoplanet atmospheres, dark matter "
            "haloes, supernova remnants, protoplanetary discs, quasars, white dwarfs, star clusters"
        ),
        words(
            "infrared spectroscopy, weak lensing, radio interferometry, transit photometry, N-body "
            "simulation, stellar population models, asteroseismology"
        ),
        words("faint, high-redshift, metal-poor, nearby, young, obscured, rotating"),
    ),
    Field(
        0.10,
        words("hep-th, hep-ph, hep-ex, gr-qc, nucl-th, math-ph"),
        words(
            "black holes, gauge theories, neutrino oscillations, string vacua, Higgs couplings, "
            "scattering amplitudes, gravitational waves, axions, heavy quarks, wormholes"
        ),
        words(
            "lattice simulation, holography, effective field theory, perturbation theory, the "
            "bootstrap, dispersion relations, jet substructure"
        ),
        words("supersymmetric, conformal, rotating, charged, light, thermal, anomalous"),
    ),
    Field(
        0.08,
        words("quant-ph, physics.optics, physics.flu-dyn, physics.chem-ph, physics.plasm-ph"),
        words(
            "entangled photons, trapped ions, turbulent flows, optical cavities, plasmas, qubits, "
            "cold atoms, lasers, boundary layers, reaction rates, squeezed light"
        ),
        words(
            "error mitigation, tomography, large-eddy simulation, feedback control, pulse shaping, "
            "coupled-cluster theory, interferometry"
        ),
        words("noisy, ultrafast, nonlinear, dissipative, coherent, turbulent, driven"),
    ),
    Field(
        0.06,
        words("stat.ML, stat.ME, stat.AP, eess.SP, eess.IV, q-bio.NC, q-fin.ST, econ.EM"),
        words(
            "clinical trials, survival data, brain networks, asset returns, medical images, time "
            "series, causal effects, gene expression, treatment effects, sensor arrays"
        ),
        words(
            "Bayesian inference, bootstrap resampling, kernel regression, causal discovery, "
            "compressed sensing, propensity scores, Kalman filtering"
        ),
        words("high-dimensional, heterogeneous, missing, longitudinal, sparse, non-stationary"),
    ),
)
SHARES = tuple(field.share for field in FIELDS)

TITLES = (
    "<method> for <quality> <thing>",
    "On the <aspect> of <quality> <thing>",
    "<coined>: <method> for <thing>",
    "<quality> <thing> by <method>",
    "A <verdict> look at <method> for <thing>",
    "<aspect> and <aspect> of <thing> under <method>",
    "Towards <quality> <thing>",
    "Do <thing> need <method>?",
    "<thing> beyond <method>: the case of <rare> <thing>",
)
SENTENCES = (
    "We study <thing> by <method> and show that <claim>.",
    "<thing> have become central to the study of <thing>, but their <aspect> is poorly understood.",
    "In this paper we propose <coined>, a <quality> approach to <thing> that builds on <method>.",
    "Existing work relies on <method>, which fails for <quality> <thing>.",
    "Our main result is that <claim> whenever the <rare> condition holds.",
    "Experiments on <number> datasets show that <coined> improves <aspect> by <percent>.",
    "The proof combines <method> with a <quality> version of the <name> inequality.",
    "We find that <claim>, in contrast to <quality> <thing>.",
    "Using <method>, we measure the <aspect> of <number> <thing> between <number> and <number> K.",
    "As an application we get <quality> bounds of order $O(<symbol> \\log <symbol>)$ for <thing>.",
    "This extends results of <name> and <name> on <rare> <thing>.",
    "The <aspect> scales as $<symbol>^{<digit>}$, with a <rare> correction below <percent>.",
    "We release code and data at https://github.com/<handle>/<handle>.",
    "These findings suggest that <method> is a <verdict> tool for <quality> <thing>.",
    "Here $<symbol>_{<digit>}$ denotes the <aspect> of the <rare> <thing>.",
)
CLAIMS = words(
    "the <aspect> does not depend on the <aspect>, <quality> <thing> are <quality> in the limit, "
    "<method> is optimal up to constants, the <aspect> grows with the number of <thing>, "
    "a single step of <method> suffices, most <thing> are <quality>, no <quality> <thing> exist"
)
ASPECTS = words(
    "stability, complexity, dynamics, geometry, convergence, efficiency, structure, accuracy, "
    "formation, asymptotics, robustness, cost, symmetry, variance, evolution, expressivity"
)
VERDICTS = words("promising, surprising, simple, unified, rigorous, critical, practical, closer")
NAMES = words("Bellman, Cauchy, Hölder, Ito, Kodaira, Moser, Noether, Poincaré, Sobolev, Weyl")
COMMENTS = ("", "", "", "<number> pages", "<number> pages, <digit> figures", "Accepted at <venue>")
VENUES = words("NeurIPS, ICML, ACL, CVPR, ApJ, Phys. Rev. B, JHEP, ICLR, STOC, MNRAS")
SYLLABLES = words(
    "ba, ce, dor, el, fi, gan, hu, ir, jo, kel, lu, mer, no, or, pi, quan, ri, sol, ta, ul, vex, "
    "wa, xi, yor, zen, stra, phe, lith, cor, trop"
)
FORENAMES = words(
    "Ana, Bo, Chen, Dmitri, Emi, Farid, Grace, Hiro, Ingrid, João, Kenji, Li, Maria, Nikhil, Olga, "
    "Pablo, Qing, Rosa, Sven, Tomoko, Uma, Víctor, Wei, Xin, Yuki, Zoë"
)
FAMILIES = words(
    "Abe, Brown, Chen, Díaz, Evans, Fischer, García, Huang, Ito, Jones, Kim, Li, Müller, Nguyen, "
    "Okafor, Petrov, Rossi, Smith, Tanaka, Ueda, Van Dijk, Wang, Xu, Yamada, Zhang, Sato, Singh"
)
