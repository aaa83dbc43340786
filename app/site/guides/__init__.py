"""A page of A4 for each kind of person: what they come for, and how it goes."""

from app.site.guides.bench import BENCH
from app.site.guides.company import COMPANY
from app.site.guides.donor import DONOR
from app.site.guides.first_visit import FIRST_VISIT
from app.site.guides.guide import Guide
from app.site.guides.lab import LAB
from app.site.guides.office import OFFICE

GUIDES = {guide.slug: guide for guide in (FIRST_VISIT, COMPANY, DONOR, LAB, BENCH, OFFICE)}
"""By the name in their address, in the order in which they are offered."""

__all__ = ["GUIDES", "Guide"]
