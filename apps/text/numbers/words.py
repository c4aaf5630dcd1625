"""Words of English and Japanese for numbers, scales and units."""

from typing import Final

SCALES: Final = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5,
    "crore": 1e7, "k": 1e3, "K": 1e3, "M": 1e6, "m": 1e6, "B": 1e9, "T": 1e12, "bn": 1e9, "mn": 1e6,
}  # fmt: skip
AMBIGUOUS_SCALES: Final = frozenset("KTMm")  # kelvin, tesla, molar, metre
SMALL: Final = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "dozen": 12,
}  # fmt: skip
# Words that a translator may render with a number. Stems end with *.
HINTS: Final = {
    0: "midnight no none null vanish* nil without", 0.5: "half halv* hemi* semi*", 0.25: "quarter*",
    0.75: "three-quarters", 1: "once single uni* mono* first a an each another per primary sole",
    2: "both pair* doubl* dual* twice twin* second* quadrat* squar* half halv* couple* few duel "
       "either "
       "binar* bilater* bilinear* bimodal* bipart* bivaria* bidirect* bilevel* bistab* biphas* "
       "bisect* biannual* two* twofold planar dichotom* former latter other between diatomic "
       "dimer* diploid* diox* duplex* duo* di secondary bicrit* biharmonic* biaxial* mutual* "
       "plane one-half alternat* respectively versus tandem",
    3: "third* couple* few triad* tripl* trio* cubic* cube* triang* trilin* trivari* tri three* "
       "ternar* spatial* "
       "trimer* trilog* trimodal* tertiary thrice trinit* triaxial* trident*",
    4: "fourth* quadr* quater* quarter* tetra* four* quartic* fortnight",
    5: "fifth* half-decade quint* penta* five*", 6: "sixth* hexa* sext* six*",
    7: "seventh* hepta* week* seven*",
    8: "eighth* octa* octet* eight* octo*", 9: "ninth* nona* nine*",
    10: "tenth* deca* decad* tenfold tens",
    11: "eleven*", 12: "twelve* twelfth* dozen* noon midnight", 14: "fortnight", 13: "thirteenth",
    15: "fifteenth",
    16: "sixteenth", 17: "seventeenth", 18: "eighteenth", 19: "nineteenth", 200: "bicenten*",
    20: "twent*", 30: "thirt*",
    40: "forty forties", 50: "fift* half halv*", 60: "sixt*", 70: "sevent*", 80: "eight*",
    90: "ninet*",
    25: "quarter*", 75: "three-quarters", 24: "round-the-clock daylong", 33: "third*", 67: "third*",
    100: "hundreds centur* percent* full* all centen*", 1000: "thousands millenn*",
    10000: "thousands", 100000: "thousands", 1e6: "millions", 1e7: "millions", 1e8: "millions",
    1e9: "billions", 1e10: "billions", 1e11: "billions", 1e12: "trillions", 365: "year-round",
}  # fmt: skip
MONTHS: Final = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7,
    "august": 8, "september": 9, "october": 10, "november": 11, "december": 12, "jan": 1,
    "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10,
    "nov": 11, "dec": 12,
}  # fmt: skip
KANJI: Final = {kanji: value for value, kanji in enumerate("〇一二三四五六七八九")}
KANJI_TENS: Final = {"十": 10, "百": 100, "千": 1000}
KANJI_SCALES: Final = {"万": 10**4, "億": 10**8, "兆": 10**12}
SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")

# One symbol per unit, and how it is written in Japanese.
UNITS: Final = {
    "nm": "ナノメートル", "µm": "マイクロメートル", "mm": "ミリメートル", "cm": "センチメートル",
    "km": "キロメートル", "m": "メートル", "pc": "パーセク", "kpc": "キロパーセク",
    "Mpc": "メガパーセク", "Gpc": "ギガパーセク", "Hz": "ヘルツ", "kHz": "キロヘルツ",
    "MHz": "メガヘルツ", "GHz": "ギガヘルツ", "THz": "テラヘルツ", "eV": "電子ボルト",
    "meV": "ミリ電子ボルト", "keV": "キロ電子ボルト", "MeV": "メガ電子ボルト",
    "GeV": "ギガ電子ボルト", "TeV": "テラ電子ボルト", "PeV": "ペタ電子ボルト", "ns": "ナノ秒",
    "ms": "ミリ秒", "µs": "マイクロ秒", "ps": "ピコ秒", "fs": "フェムト秒", "kg": "キログラム",
    "mg": "ミリグラム", "µg": "マイクログラム", "g": "グラム", "mK": "ミリケルビン",
    "K": "ケルビン", "GB": "ギガバイト", "MB": "メガバイト", "TB": "テラバイト", "KB": "キロバイト",
    "dB": "デシベル", "mW": "ミリワット", "kW": "キロワット", "MW": "メガワット",
    "GW": "ギガワット", "W": "ワット", "V": "ボルト", "mV": "ミリボルト", "kV": "キロボルト",
    "T": "テスラ", "mT": "ミリテスラ", "Pa": "パスカル", "kPa": "キロパスカル",
    "MPa": "メガパスカル", "GPa": "ギガパスカル", "mL": "ミリリットル", "µL": "マイクロリットル",
    "mM": "ミリモル", "µM": "マイクロモル", "nM": "ナノモル", "Gbps": "ギガビット毎秒",
    "Mbps": "メガビット毎秒", "fps": "フレーム毎秒", "Gyr": "ギガ年", "Myr": "メガ年",
    "second": "秒", "minute": "分", "hour": "時間", "day": "日", "month": "月", "year": "年",
    "week": "週",
}  # fmt: skip
SPELLED_UNITS: Final = {
    "μm": "µm", "um": "µm", "μs": "µs", "us": "µs", "μg": "µg", "μL": "µL", "μM": "µM",
    "s": "second", "sec": "second", "seconds": "second", "min": "minute", "minutes": "minute",
    "h": "hour", "hr": "hour", "hrs": "hour", "hours": "hour", "days": "day", "months": "month",
    "years": "year", "yr": "year", "weeks": "week", "ml": "mL", "meters": "m", "metres": "m",
    "kilometers": "km", "kilometres": "km", "kilograms": "kg", "grams": "g", "nanometers": "nm",
    "millimeters": "mm", "micrometers": "µm", "microns": "µm", "centimeters": "cm",
    "milliseconds": "ms", "nanoseconds": "ns", "microseconds": "µs", "femtoseconds": "fs",
    "picoseconds": "ps", "kelvin": "K",
}  # fmt: skip
JAPANESE_UNITS: Final = {japanese: symbol for symbol, japanese in UNITS.items()} | {
    "キロ": "", "ミリ": "", "マイクロ": "", "ミクロン": "µm", "時": "", "分の": "", "年代": "",
    "メガ": "", "ギガ": "", "テラ": "", "か月": "month", "ヶ月": "month", "カ月": "month",
    "ヵ月": "month", "箇月": "month", "ケ月": "month", "月": "", "日": "", "分": "", "年": "",
    "週間": "week", "日間": "day", "年間": "year", "分間": "minute", "秒間": "second",
}  # fmt: skip
