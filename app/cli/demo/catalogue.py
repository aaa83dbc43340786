"""Sixty instruments of six labs, named in both languages. Makers and models are invented."""

from typing import NamedTuple

from app.booking.services.policies import Said

CATEGORIES = {
    "microscopy": ("Microscopy", "میکروسکوپی", None),
    "electron-microscopy": ("Electron microscopy", "میکروسکوپ الکترونی", "microscopy"),
    "spectroscopy": ("Spectroscopy", "طیف‌سنجی", None),
    "raman": ("Raman spectroscopy", "طیف‌سنجی رامان", "spectroscopy"),
    "x-ray": ("X-ray analysis", "آنالیز پرتو ایکس", None),
    "chromatography": ("Chromatography", "کروماتوگرافی", None),
    "liquid-chromatography": ("Liquid chromatography", "کروماتوگرافی مایع", "chromatography"),
    "thermal": ("Thermal analysis", "آنالیز حرارتی", None),
    "mechanical-testing": ("Mechanical testing", "آزمون‌های مکانیکی", None),
    "machining": ("Machining", "ماشین‌کاری", None),
    "printing": ("Additive manufacturing", "ساخت افزایشی", None),
    "furnaces": ("Furnaces", "کوره‌ها", None),
    "batteries": ("Batteries", "باتری", None),
    "climate": ("Climate and ageing", "شرایط محیطی و پیرسازی", None),
    "climate-chambers": ("Climate chambers", "اتاقک‌های آزمون محیطی", "climate"),
    "electronics-test": ("Electronic measurement", "اندازه‌گیری الکترونیکی", None),
    "soldering": ("Soldering and assembly", "لحیم‌کاری و مونتاژ", None),
    "sample-preparation": ("Sample preparation", "آماده‌سازی نمونه", None),
    "biology": ("Molecular biology", "زیست‌شناسی مولکولی", None),
    "particles": ("Particles and surfaces", "ذرات و سطوح", None),
}


class Thing(NamedTuple):
    """One line of the catalogue. `modes` by initial: you operate, the operator does, samples are sent."""

    lab: str
    category: str
    name: str
    name_fa: str
    maker: str
    model: str
    modes: str
    aliases: tuple[str, ...] = ()
    capacity: int = 1
    rules: Said | None = None


THINGS = (
    Thing("materials", "electron-microscopy", "Scanning electron microscope", "میکروسکوپ الکترونی روبشی", "Vexan", "VX-30", "os", ("SEM", "FE-SEM")),
    Thing("materials", "raman", "Raman spectrometer", "طیف‌سنج رامان", "Rayan Optik", "R-532", "yos", ("Raman", "micro-Raman")),
    Thing("materials", "x-ray", "X-ray diffractometer", "پراش‌سنج پرتو ایکس", "Kian", "XD-2", "os", ("XRD",)),
    Thing("materials", "x-ray", "X-ray fluorescence spectrometer", "طیف‌سنج فلورسانس پرتو ایکس", "Kian", "XF-8", "os", ("XRF",)),
    Thing("materials", "microscopy", "Atomic force microscope", "میکروسکوپ نیروی اتمی", "Nanosazan", "AF-7", "o", ("AFM",)),
    Thing("materials", "microscopy", "Metallurgical microscope", "میکروسکوپ متالورژی", "Vexan", "MM-12", "yo"),
    Thing("materials", "particles", "Optical profilometer", "پروفیل‌سنج نوری", "Rayan Optik", "OP-3D", "yo"),
    Thing("materials", "particles", "Laser particle sizer", "اندازه‌گیر لیزری ذرات", "Meridia", "PS-200", "os", ("PSA",)),
    Thing("materials", "thermal", "Differential scanning calorimeter", "گرماسنج روبشی تفاضلی", "Termak", "DC-5", "os", ("DSC",)),
    Thing("materials", "thermal", "Thermogravimetric analyser", "آنالیزگر وزن‌سنجی حرارتی", "Termak", "TG-9", "os", ("TGA",)),
    Thing("materials", "mechanical-testing", "Tensile tester 100 kN", "دستگاه کشش ۱۰۰ کیلونیوتن", "Sanjesh", "UT-100", "yo", ("universal testing machine",)),
    Thing("materials", "mechanical-testing", "Hardness tester", "سختی‌سنج", "Sanjesh", "HV-30", "yo", ("Vickers", "Rockwell")),
    Thing("materials", "sample-preparation", "Grinding and polishing station", "ایستگاه سنباده و پولیش", "Vexan", "GP-2", "y", (), 4, {"needs_approval": False}),
    Thing("chemistry", "liquid-chromatography", "Liquid chromatograph", "کروماتوگراف مایع", "Meridia", "LC-40", "os", ("HPLC",), 2),
    Thing("chemistry", "chromatography", "Gas chromatograph, mass", "کروماتوگراف گازی، جرمی", "Meridia", "GC-8", "os", ("GC-MS",)),
    Thing("chemistry", "chromatography", "Ion chromatograph", "کروماتوگراف یونی", "Meridia", "IC-3", "s"),
    Thing("chemistry", "spectroscopy", "Infrared spectrometer", "طیف‌سنج مادون قرمز", "Rayan Optik", "FT-6", "yos", ("FTIR",)),
    Thing("chemistry", "spectroscopy", "UV-visible spectrophotometer", "اسپکتروفتومتر مرئی–فرابنفش", "Rayan Optik", "UV-18", "yo", ("UV-Vis",), 2),
    Thing("chemistry", "spectroscopy", "Atomic absorption spectrometer", "طیف‌سنج جذب اتمی", "Aryatech", "AA-7", "s", ("AAS",)),
    Thing("chemistry", "spectroscopy", "ICP mass spectrometer", "طیف‌سنج جرمی پلاسما", "Aryatech", "IM-2", "s", ("ICP-MS",)),
    Thing("chemistry", "spectroscopy", "NMR spectrometer 400 MHz", "طیف‌سنج NMR ۴۰۰ مگاهرتز", "Aryatech", "NM-400", "s", ("NMR",)),
    Thing("chemistry", "sample-preparation", "Microwave digester", "هضم‌کننده مایکروویو", "Termak", "MD-12", "o"),
    Thing("chemistry", "sample-preparation", "Freeze dryer", "خشک‌کن انجمادی", "Termak", "FD-4", "yo", ("lyophiliser",), 1, {"max_minutes": 48 * 60, "outside_hours": True}),
    Thing("chemistry", "particles", "BET surface analyser", "سنجش سطح ویژه BET", "Nanosazan", "SA-3", "s", ("BET",)),
    Thing("energy", "batteries", "Battery cycler", "سیکلر باتری", "Barghab", "BC-8", "yo", ("charge-discharge", "potentiostat"), 8, {"max_minutes": 10 * 24 * 60}),
    Thing("energy", "batteries", "Glove box", "گلاوباکس", "Barghab", "GB-2", "yo"),
    Thing("energy", "batteries", "Electrochemical workstation", "ایستگاه الکتروشیمی", "Barghab", "EW-5", "yo", ("EIS", "impedance"), 2),
    Thing("energy", "climate-chambers", "Climate chamber", "اتاقک آزمون محیطی", "Termak", "CC-400", "yo", ("environmental chamber",)),
    Thing("energy", "climate", "Salt spray chamber", "اتاقک مه نمکی", "Termak", "SS-90", "os", ("corrosion test",)),
    Thing("energy", "climate", "UV ageing chamber", "اتاقک پیرسازی UV", "Termak", "UA-20", "os"),
    Thing("energy", "furnaces", "Tube furnace", "کوره لوله‌ای", "Kooreh", "TF-16", "yo"),
    Thing("energy", "electronics-test", "Solar simulator", "شبیه‌ساز خورشیدی", "Rayan Optik", "SO-1", "yo"),
    Thing("energy", "electronics-test", "Thermal camera", "دوربین حرارتی", "Rayan Optik", "TC-640", "y", (), 3, {"needs_approval": False}),
    Thing("electronics", "soldering", "Soldering station", "ایستگاه لحیم‌کاری", "Aban", "SO-12", "y", ("rework station",), 12, {"min_minutes": 30}),
    Thing("electronics", "soldering", "Pick-and-place machine", "دستگاه مونتاژ قطعه", "Aban", "PP-4", "o"),
    Thing("electronics", "soldering", "Reflow oven", "کوره رفلو", "Aban", "RO-6", "yo"),
    Thing("electronics", "electronics-test", "Oscilloscope", "نوسان‌نما", "Sepehr", "OS-500", "y", ("scope",), 6),
    Thing("electronics", "electronics-test", "Spectrum analyser", "تحلیلگر طیف", "Sepehr", "SA-26", "y"),
    Thing("electronics", "electronics-test", "Vector network analyser", "تحلیلگر شبکه برداری", "Sepehr", "VN-20", "yo", ("VNA",)),
    Thing("electronics", "electronics-test", "EMC test chamber", "اتاق آزمون سازگاری الکترومغناطیسی", "Sepehr", "EM-3", "o", ("EMC", "anechoic")),
    Thing("electronics", "printing", "Circuit board plotter", "پلاتر برد مدار چاپی", "Aban", "PB-2", "yo", ("PCB",)),
    Thing("electronics", "printing", "Resin printer", "چاپگر رزینی", "Shekl", "RP-8", "y", ("SLA",), 2),
    Thing("mechanics", "machining", "5-axis mill", "فرز پنج‌محوره", "Faraz", "M5-500", "o", ("CNC", "milling")),
    Thing("mechanics", "machining", "CNC lathe", "تراش CNC", "Faraz", "TL-200", "o", ("turning",)),
    Thing("mechanics", "machining", "Laser cutter", "برش لیزری", "Faraz", "LX-90", "yo"),
    Thing("mechanics", "machining", "Water jet cutter", "برش واترجت", "Faraz", "WJ-3", "o"),
    Thing("mechanics", "machining", "Wire EDM", "وایرکات", "Faraz", "WE-1", "o", ("spark erosion",)),
    Thing("mechanics", "printing", "Metal printer", "چاپگر فلز", "Shekl", "MP-1", "o", ("SLM", "3D printer"), 1, {"max_minutes": 72 * 60, "outside_hours": True}),
    Thing("mechanics", "printing", "Filament printer", "چاپگر فیلامنتی", "Shekl", "FP-4", "y", ("FDM", "3D printer"), 4, {"needs_approval": False, "outside_hours": True, "max_minutes": 24 * 60}),
    Thing("mechanics", "furnaces", "Muffle furnace", "کوره مافلی", "Kooreh", "L 9/12", "yo"),
    Thing("mechanics", "mechanical-testing", "Impact tester", "دستگاه ضربه", "Sanjesh", "IT-450", "yo", ("Charpy",)),
    Thing("mechanics", "mechanical-testing", "Fatigue tester", "دستگاه خستگی", "Sanjesh", "FT-25", "o", (), 1, {"max_minutes": 7 * 24 * 60, "outside_hours": True}),
    Thing("mechanics", "mechanical-testing", "Coordinate measuring machine", "دستگاه اندازه‌گیری مختصات", "Sanjesh", "CM-7", "o", ("CMM",)),
    Thing("bio", "biology", "Real-time PCR", "PCR بلادرنگ", "Zistab", "QP-96", "yo", ("qPCR",)),
    Thing("bio", "biology", "Bioreactor 5 L", "زیست‌واکنشگاه ۵ لیتری", "Zistab", "BR-5", "o", ("fermenter",), 2, {"max_minutes": 7 * 24 * 60, "outside_hours": True}),
    Thing("bio", "biology", "Flow cytometer", "فلوسایتومتر", "Zistab", "FC-3", "o", ("FACS",)),
    Thing("bio", "biology", "Laminar flow bench", "هود لامینار", "Zistab", "LF-2", "y", (), 3),
    Thing("bio", "microscopy", "Confocal microscope", "میکروسکوپ کانفوکال", "Vexan", "CF-1", "o"),
    Thing("bio", "microscopy", "Fluorescence microscope", "میکروسکوپ فلورسانس", "Vexan", "FM-6", "yo"),
    Thing("bio", "sample-preparation", "Ultracentrifuge", "اولتراسانتریفیوژ", "Zistab", "UC-100", "o"),
)  # fmt: skip
