"""Editors' acts in one line, for tests that need their results."""

from apps.review.acts.approve_sentences import ApproveSentences
from apps.review.acts.claim import TakeClaim
from apps.review.acts.edit_sentences import EditSentences
from apps.review.acts.edit_summary import EditSummary
from apps.review.acts.publish import Approve, Publish
from apps.review.acts.send_back import SendBack
from apps.review.acts.undo_sentence import UndoSentence
from apps.review.acts.withhold import Hold, TakeDown


def publish(key, *, reviewed, **given):
    """Approve a translation, or publish it as unreviewed."""
    return (Approve if reviewed else Publish)(**given).execute(key)


def unpublish(key, **given):
    """Take a translation down."""
    return TakeDown(**given).execute(key)


def hold(key, **given):
    """Hold a translation for an editor."""
    return Hold(**given).execute(key)


def retranslate(key, **given):
    """Send a translation back to the machine."""
    return SendBack(**given).execute(key)


def claim(key, **given):
    """Claim a translation."""
    return TakeClaim(**given).execute(key)


def edit_segments(key, texts, **given):
    """Replace the texts of sentences."""
    return EditSentences(texts=texts, **given).execute(key)


def approve_sentences(key, segments, **given):
    """Approve sentences."""
    return ApproveSentences(segments=segments, **given).execute(key)


def undo_sentence(key, segment, **given):
    """Undo the last change of a sentence."""
    return UndoSentence(segment=segment, **given).execute(key)


def edit_summary(key, text, **given):
    """Replace the summary."""
    return EditSummary(text=text, **given).execute(key)
