"""The tables of booking."""

from app.booking.models.absence import Absence
from app.booking.models.answer_link import AnswerLink, AnswerPurpose
from app.booking.models.authorisation import Authorisation
from app.booking.models.booking import Booking, BookingPerson
from app.booking.models.comment import Comment, CommentFile
from app.booking.models.decision import DecidedDate, Decision, Obstacle
from app.booking.models.diary import DiaryEntry
from app.booking.models.occurrence import Occurrence, OccurrenceItem
from app.booking.models.outage import Displacement, Outage
from app.booking.models.override import Override
from app.booking.models.policy import Policy
from app.booking.models.proposal import Proposal
from app.booking.models.quota import QuotaLimit
from app.booking.models.refusal import RefusalTemplate
from app.booking.models.result import ResultFile
from app.booking.models.samples import SampleDuration
from app.booking.models.served import ServedMiss
from app.booking.models.skipped import SkippedDate
from app.booking.models.timetable import Timetable, TimetableClass
from app.booking.models.waitlist import HeldItem, WaitlistEntry, WaitlistOffer
from app.booking.rules.outages import OutageKind
from app.booking.rules.proposals import ProposalOutcome
from app.booking.rules.states import DeclineReason, OccurrenceState
from app.booking.rules.waiting import Outcome, WaitState

__all__ = [
    "Absence",
    "AnswerLink",
    "AnswerPurpose",
    "Authorisation",
    "Booking",
    "BookingPerson",
    "Comment",
    "CommentFile",
    "DecidedDate",
    "Decision",
    "DeclineReason",
    "DiaryEntry",
    "Displacement",
    "HeldItem",
    "Obstacle",
    "Occurrence",
    "OccurrenceItem",
    "OccurrenceState",
    "Outage",
    "OutageKind",
    "Outcome",
    "Override",
    "Policy",
    "Proposal",
    "ProposalOutcome",
    "QuotaLimit",
    "RefusalTemplate",
    "ResultFile",
    "SampleDuration",
    "ServedMiss",
    "SkippedDate",
    "Timetable",
    "TimetableClass",
    "WaitState",
    "WaitlistEntry",
    "WaitlistOffer",
]
