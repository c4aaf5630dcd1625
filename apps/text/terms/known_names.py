"""Names and spellings known to `apps.text.terms.key_terms`."""

ACRONYMS = {
    "ai": "artificial intelligence", "agi": "artificial general intelligence",
    "asr": "automatic speech recognition", "bev": "bird's eye view",
    "cnn": "convolutional neural network", "cot": "chain of thought",
    "gan": "generative adversarial network", "gnn": "graph neural network",
    "gcn": "graph convolutional network", "hpc": "high performance computing",
    "iot": "internet of things", "llm": "large language model", "lm": "language model",
    "lmm": "large multimodal model", "lrm": "large reasoning model",
    "lvlm": "large vision language model", "mllm": "multimodal large language model",
    "moe": "mixture of experts", "nlp": "natural language processing",
    "nmt": "neural machine translation", "plm": "pretrained language model",
    "pinn": "physics informed neural network", "rag": "retrieval augmented generation",
    "rl": "reinforcement learning", "rlhf": "reinforcement learning from human feedback",
    "rlvr": "reinforcement learning with verifiable rewards", "rnn": "recurrent neural network",
    "sft": "supervised fine tuning", "slm": "small language model", "snn": "spiking neural network",
    "tts": "text to speech", "uav": "unmanned aerial vehicle", "vae": "variational autoencoder",
    "vla": "vision language action model", "vlm": "vision language model",
    "vqa": "visual question answering", "xai": "explainable artificial intelligence",
}  # fmt: skip
"""Acronyms with one meaning across arXiv, and their long forms."""

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
"""Terms with a function word inside; elsewhere a function word ends a term."""

BOILERPLATE_TERMS = frozenset([
    "art model", "automatic evaluation", "benchmark dataset", "best practice", "big data",
    "broad range", "case study", "closed form", "computation time", "computational cost",
    "computational resource", "conventional wisdom", "data point", "data set", "empirical analysis",
    "empirical evaluation", "empirical study", "evaluation metric", "future direction",
    "ground truth", "high accuracy", "high dimension", "high quality", "human effort",
    "human evaluation", "important problem", "inference time", "input data", "large amount",
    "large number", "long standing", "long term", "low cost", "low dimension", "main idea",
    "model failure", "model size", "multiple dataset", "multiple task", "necessary condition",
    "numerical example", "numerical simulation", "open problem", "open question", "open source",
    "public benchmark", "public dataset", "qualitative analysis", "quantitative analysis",
    "real data", "real time", "real world", "running time", "shared task", "short term",
    "small number", "special case", "special issue", "standard benchmark", "standard deviation",
    "sufficient condition", "systematic analysis", "systematic evaluation", "systematic study",
    "test set", "theoretical analysis", "time complexity", "training data", "training process",
    "training set", "training time", "user study", "working note",
])  # fmt: skip
"""Boilerplate that looks like a term of several words."""

SPELLINGS = {
    "analyse": "analyze", "analysing": "analyzing", "analysed": "analyzed", "behaviour": "behavior",
    "behavioural": "behavioral", "colour": "color", "catalogue": "catalog", "centre": "center",
    "defence": "defense", "dialog": "dialogue", "disc": "disk", "endeavour": "endeavor",
    "fibre": "fiber", "flavour": "flavor", "grey": "gray", "harbour": "harbor",
    "labelled": "labeled", "labelling": "labeling", "unlabelled": "unlabeled", "licence": "license",
    "modelled": "modeled", "modelling": "modeling", "neighbour": "neighbor",
    "neighbourhood": "neighborhood", "programme": "program", "signalling": "signaling",
    "travelling": "traveling", "tumour": "tumor", "vapour": "vapor", "judgement": "judgment",
    "favour": "favor", "honour": "honor", "rumour": "rumor", "sulphur": "sulfur",
    "artefact": "artifact", "finetuning": "fine tuning", "finetune": "fine tune",
    "finetuned": "fine tuned", "timeseries": "time series", "chatbot": "chat bot",
    "opensource": "open source", "onboard": "on board",
}  # fmt: skip
