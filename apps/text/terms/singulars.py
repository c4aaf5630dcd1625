"""The singular of an English noun, by rule: enough to count two forms as one word."""

_IRREGULAR = {
    "analyses": "analysis", "axes": "axis", "bases": "basis", "biases": "bias", "buses": "bus",
    "calculi": "calculus", "children": "child", "corpora": "corpus", "crises": "crisis",
    "criteria": "criterion", "diagnoses": "diagnosis", "foci": "focus", "formulae": "formula",
    "gases": "gas", "genera": "genus", "halves": "half", "hypotheses": "hypothesis",
    "indices": "index", "lemmata": "lemma", "lenses": "lens", "lives": "life", "matrices": "matrix",
    "maxima": "maximum", "media": "medium", "minima": "minimum", "moduli": "modulus",
    "momenta": "momentum", "movies": "movie", "nuclei": "nucleus", "optima": "optimum",
    "parentheses": "parenthesis", "phenomena": "phenomenon", "quanta": "quantum", "radii": "radius",
    "series": "series", "simplices": "simplex", "species": "species", "spectra": "spectrum",
    "stimuli": "stimulus", "strata": "stratum", "syntheses": "synthesis", "theses": "thesis",
    "tori": "torus", "vacua": "vacuum", "vertices": "vertex", "viruses": "virus",
    "vortices": "vortex", "women": "woman", "men": "man", "zeros": "zero", "zeroes": "zero",
    "aliases": "alias", "canvases": "canvas", "atlases": "atlas", "statuses": "status",
    "consensuses": "consensus", "wolves": "wolf", "leaves": "leaf", "shelves": "shelf",
    "knives": "knife", "echoes": "echo", "heroes": "hero", "cookies": "cookie", "zombies": "zombie",
    "selfies": "selfie", "ties": "tie",
}  # fmt: skip

_UNCOUNTED = frozenset(
    """
    acoustics aerodynamics alias always analytics athens atlas besides bias bioinformatics canvas
    chaos chromodynamics cosmos diabetes diagnostics dynamics economics electrodynamics electronics
    ethics ethos forensics gas genetics genomics graphics hydrodynamics informatics kinematics
    kubernetes kudos lens linguistics logistics logos mathematics mechanics metaphysics news optics
    paris perhaps phonetics photonics physics plasmonics politics pragmatics proteomics robotics
    semantics sometimes spintronics statistics texas thermodynamics towards whereas
    """.split()  # noqa: SIM905
)
"""Words in -s that are not plurals."""

_NO_PLURAL = ("ss", "us", "is", "ous")
_WITH_E = ("sses", "shes", "ches", "xes", "zzes")


def singular(word: str) -> str:
    """Return the singular of a lower-case word, which need not be a real word ("lense")."""
    known = _IRREGULAR.get(word)
    if known is not None:
        return known
    if len(word) < 4 or word[-1] != "s" or word.endswith(_NO_PLURAL) or word in _UNCOUNTED:
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y" if len(word) > 4 else word[:-1]
    if word.endswith(_WITH_E):
        return word[:-2]
    return word[:-1]
