"""arXiv's categories: code, English name, Japanese name (https://arxiv.org/category_taxonomy)."""

GROUPS: dict[str, tuple[str, str]] = {
    "cs": ("Computer Science", "計算機科学"),
    "econ": ("Economics", "経済学"),
    "eess": ("Electrical Engineering and Systems Science", "電気工学・システム科学"),
    "math": ("Mathematics", "数学"),
    "physics": ("Physics", "物理学"),
    "q-bio": ("Quantitative Biology", "定量生物学"),
    "q-fin": ("Quantitative Finance", "計量ファイナンス"),
    "stat": ("Statistics", "統計学"),
}
"""Group code -> names in English and Japanese."""

# fmt: off
PHYSICS_ARCHIVES = frozenset({
    "acc-phys", "adap-org", "ao-sci", "astro-ph", "atom-ph", "bayes-an", "chao-dyn", "chem-ph",
    "comp-gas", "cond-mat", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math-ph", "mtrl-th",
    "nlin", "nucl-ex", "nucl-th", "patt-sol", "plasm-ph", "quant-ph", "solv-int", "supr-con",
})
# fmt: on
"""Archives of the group "physics" other than `physics` itself."""

CURRENT = """
cs.AI | Artificial Intelligence | 人工知能
cs.AR | Hardware Architecture | ハードウェアアーキテクチャ
cs.CC | Computational Complexity | 計算複雑性
cs.CE | Computational Engineering, Finance, and Science | 計算工学・計算ファイナンス・計算科学
cs.CG | Computational Geometry | 計算幾何学
cs.CL | Computation and Language | 計算と言語（自然言語処理）
cs.CR | Cryptography and Security | 暗号とセキュリティ
cs.CV | Computer Vision and Pattern Recognition | コンピュータビジョンとパターン認識
cs.CY | Computers and Society | コンピュータと社会
cs.DB | Databases | データベース
cs.DC | Distributed, Parallel, and Cluster Computing | 分散・並列・クラスタ計算
cs.DL | Digital Libraries | 電子図書館
cs.DM | Discrete Mathematics | 離散数学
cs.DS | Data Structures and Algorithms | データ構造とアルゴリズム
cs.ET | Emerging Technologies | 新興技術
cs.FL | Formal Languages and Automata Theory | 形式言語とオートマトン理論
cs.GL | General Literature | 一般文献
cs.GR | Graphics | コンピュータグラフィックス
cs.GT | Computer Science and Game Theory | 計算機科学とゲーム理論
cs.HC | Human-Computer Interaction | ヒューマンコンピュータインタラクション
cs.IR | Information Retrieval | 情報検索
cs.IT | Information Theory | 情報理論
cs.LG | Machine Learning | 機械学習
cs.LO | Logic in Computer Science | 計算機科学における論理
cs.MA | Multiagent Systems | マルチエージェントシステム
cs.MM | Multimedia | マルチメディア
cs.MS | Mathematical Software | 数学ソフトウェア
cs.NA | Numerical Analysis | 数値解析
cs.NE | Neural and Evolutionary Computing | ニューラル計算と進化計算
cs.NI | Networking and Internet Architecture | ネットワークとインターネットアーキテクチャ
cs.OH | Other Computer Science | その他の計算機科学
cs.OS | Operating Systems | オペレーティングシステム
cs.PF | Performance | 性能評価
cs.PL | Programming Languages | プログラミング言語
cs.RO | Robotics | ロボティクス
cs.SC | Symbolic Computation | 記号計算・数式処理
cs.SD | Sound | 音響
cs.SE | Software Engineering | ソフトウェア工学
cs.SI | Social and Information Networks | 社会・情報ネットワーク
cs.SY | Systems and Control | システムと制御
econ.EM | Econometrics | 計量経済学
econ.GN | General Economics | 経済学一般
econ.TH | Theoretical Economics | 理論経済学
eess.AS | Audio and Speech Processing | 音響・音声処理
eess.IV | Image and Video Processing | 画像・映像処理
eess.SP | Signal Processing | 信号処理
eess.SY | Systems and Control | システムと制御
math.AC | Commutative Algebra | 可換環論
math.AG | Algebraic Geometry | 代数幾何学
math.AP | Analysis of PDEs | 偏微分方程式の解析
math.AT | Algebraic Topology | 代数的位相幾何学
math.CA | Classical Analysis and ODEs | 古典解析と常微分方程式
math.CO | Combinatorics | 組合せ論
math.CT | Category Theory | 圏論
math.CV | Complex Variables | 複素解析
math.DG | Differential Geometry | 微分幾何学
math.DS | Dynamical Systems | 力学系
math.FA | Functional Analysis | 関数解析学
math.GM | General Mathematics | 数学一般
math.GN | General Topology | 位相空間論
math.GR | Group Theory | 群論
math.GT | Geometric Topology | 幾何学的トポロジー
math.HO | History and Overview | 数学史と概説
math.IT | Information Theory | 情報理論
math.KT | K-Theory and Homology | K理論とホモロジー
math.LO | Logic | 数理論理学
math.MG | Metric Geometry | 距離幾何学
math.MP | Mathematical Physics | 数理物理学
math.NA | Numerical Analysis | 数値解析
math.NT | Number Theory | 数論
math.OA | Operator Algebras | 作用素環論
math.OC | Optimization and Control | 最適化と制御
math.PR | Probability | 確率論
math.QA | Quantum Algebra | 量子代数
math.RA | Rings and Algebras | 環と多元環
math.RT | Representation Theory | 表現論
math.SG | Symplectic Geometry | シンプレクティック幾何学
math.SP | Spectral Theory | スペクトル理論
math.ST | Statistics Theory | 統計理論
astro-ph.CO | Cosmology and Nongalactic Astrophysics | 宇宙論と銀河系外天体物理学
astro-ph.EP | Earth and Planetary Astrophysics | 地球・惑星天体物理学
astro-ph.GA | Astrophysics of Galaxies | 銀河の天体物理学
astro-ph.HE | High Energy Astrophysical Phenomena | 高エネルギー天体現象
astro-ph.IM | Instrumentation and Methods for Astrophysics | 天体物理学の装置と手法
astro-ph.SR | Solar and Stellar Astrophysics | 太陽・恒星天体物理学
cond-mat.dis-nn | Disordered Systems and Neural Networks | 不規則系とニューラルネットワーク
cond-mat.mes-hall | Mesoscale and Nanoscale Physics | メゾスケール・ナノスケール物理学
cond-mat.mtrl-sci | Materials Science | 物質科学
cond-mat.other | Other Condensed Matter | その他の凝縮系物理学
cond-mat.quant-gas | Quantum Gases | 量子気体
cond-mat.soft | Soft Condensed Matter | ソフトマター
cond-mat.stat-mech | Statistical Mechanics | 統計力学
cond-mat.str-el | Strongly Correlated Electrons | 強相関電子系
cond-mat.supr-con | Superconductivity | 超伝導
gr-qc | General Relativity and Quantum Cosmology | 一般相対論と量子宇宙論
hep-ex | High Energy Physics - Experiment | 高エネルギー物理学（実験）
hep-lat | High Energy Physics - Lattice | 高エネルギー物理学（格子）
hep-ph | High Energy Physics - Phenomenology | 高エネルギー物理学（現象論）
hep-th | High Energy Physics - Theory | 高エネルギー物理学（理論）
math-ph | Mathematical Physics | 数理物理学
nlin.AO | Adaptation and Self-Organizing Systems | 適応と自己組織化系
nlin.CD | Chaotic Dynamics | カオス力学
nlin.CG | Cellular Automata and Lattice Gases | セルオートマトンと格子ガス
nlin.PS | Pattern Formation and Solitons | パターン形成とソリトン
nlin.SI | Exactly Solvable and Integrable Systems | 厳密可解系と可積分系
nucl-ex | Nuclear Experiment | 原子核物理学（実験）
nucl-th | Nuclear Theory | 原子核物理学（理論）
physics.acc-ph | Accelerator Physics | 加速器物理学
physics.ao-ph | Atmospheric and Oceanic Physics | 大気・海洋物理学
physics.app-ph | Applied Physics | 応用物理学
physics.atm-clus | Atomic and Molecular Clusters | 原子・分子クラスター
physics.atom-ph | Atomic Physics | 原子物理学
physics.bio-ph | Biological Physics | 生物物理学
physics.chem-ph | Chemical Physics | 化学物理学
physics.class-ph | Classical Physics | 古典物理学
physics.comp-ph | Computational Physics | 計算物理学
physics.data-an | Data Analysis, Statistics and Probability | データ解析・統計・確率
physics.ed-ph | Physics Education | 物理教育
physics.flu-dyn | Fluid Dynamics | 流体力学
physics.gen-ph | General Physics | 物理学一般
physics.geo-ph | Geophysics | 地球物理学
physics.hist-ph | History and Philosophy of Physics | 物理学史・物理学の哲学
physics.ins-det | Instrumentation and Detectors | 計測機器と検出器
physics.med-ph | Medical Physics | 医学物理学
physics.optics | Optics | 光学
physics.plasm-ph | Plasma Physics | プラズマ物理学
physics.pop-ph | Popular Physics | 一般向け物理学
physics.soc-ph | Physics and Society | 物理学と社会
physics.space-ph | Space Physics | 宇宙空間物理学
quant-ph | Quantum Physics | 量子物理学
q-bio.BM | Biomolecules | 生体分子
q-bio.CB | Cell Behavior | 細胞の振る舞い
q-bio.GN | Genomics | ゲノミクス
q-bio.MN | Molecular Networks | 分子ネットワーク
q-bio.NC | Neurons and Cognition | ニューロンと認知
q-bio.OT | Other Quantitative Biology | その他の定量生物学
q-bio.PE | Populations and Evolution | 個体群と進化
q-bio.QM | Quantitative Methods | 定量的手法
q-bio.SC | Subcellular Processes | 細胞内過程
q-bio.TO | Tissues and Organs | 組織と器官
q-fin.CP | Computational Finance | 計算ファイナンス
q-fin.EC | Economics | 経済学
q-fin.GN | General Finance | ファイナンス一般
q-fin.MF | Mathematical Finance | 数理ファイナンス
q-fin.PM | Portfolio Management | ポートフォリオ管理
q-fin.PR | Pricing of Securities | 証券の価格評価
q-fin.RM | Risk Management | リスク管理
q-fin.ST | Statistical Finance | 統計ファイナンス
q-fin.TR | Trading and Market Microstructure | 取引と市場のミクロ構造
stat.AP | Applications | 統計学の応用
stat.CO | Computation | 統計計算
stat.ME | Methodology | 統計的方法論
stat.ML | Machine Learning | 機械学習（統計学）
stat.OT | Other Statistics | その他の統計学
stat.TH | Statistics Theory | 統計理論
"""
"""Categories that take papers today."""

RETIRED = """
astro-ph | Astrophysics | 天体物理学
cond-mat | Condensed Matter | 凝縮系物理学
q-bio | Quantitative Biology | 定量生物学
acc-phys | Accelerator Physics | 加速器物理学
adap-org | Adaptation, Noise, and Self-Organizing Systems | 適応・ノイズ・自己組織化系
alg-geom | Algebraic Geometry | 代数幾何学
ao-sci | Atmospheric-Oceanic Sciences | 大気・海洋科学
atom-ph | Atomic, Molecular and Optical Physics | 原子・分子・光物理学
bayes-an | Bayesian Analysis | ベイズ解析
chao-dyn | Chaotic Dynamics | カオス力学
chem-ph | Chemical Physics | 化学物理学
cmp-lg | Computation and Language | 計算と言語（自然言語処理）
comp-gas | Cellular Automata and Lattice Gases | セルオートマトンと格子ガス
dg-ga | Differential Geometry | 微分幾何学
funct-an | Functional Analysis | 関数解析学
mtrl-th | Materials Theory | 物質理論
patt-sol | Pattern Formation and Solitons | パターン形成とソリトン
plasm-ph | Plasma Physics | プラズマ物理学
q-alg | Quantum Algebra and Topology | 量子代数とトポロジー
solv-int | Exactly Solvable and Integrable Systems | 厳密可解系と可積分系
supr-con | Superconductivity | 超伝導
"""
"""Categories of old papers only, under their former names."""
