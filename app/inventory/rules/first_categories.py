"""What equipment is for, in most universities: the categories with which an installation begins. Pure."""

FIRST = (
    ("Spectroscopy", "طیف‌سنجی"),
    ("Microscopy", "میکروسکوپی"),
    ("Chemical analysis", "آنالیز شیمیایی"),
    ("Chromatography", "کروماتوگرافی"),
    ("Mechanical testing", "آزمون مکانیکی"),
    ("Thermal analysis", "آنالیز حرارتی"),
    ("Machining and workshop", "ماشین‌کاری و کارگاه"),
    ("Additive manufacturing", "ساخت افزایشی"),
    ("Electronics and measurement", "الکترونیک و اندازه‌گیری"),
    ("Biotechnology", "زیست‌فناوری"),
    ("Sample preparation", "آماده‌سازی نمونه"),
    ("Computing", "رایانش"),
    ("Rooms and places", "اتاق‌ها و فضاها"),
)
"""Names in English and Persian; yours to change, to nest and to remove."""
