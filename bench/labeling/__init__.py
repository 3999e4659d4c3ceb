"""The work queue under load: labelers who ask, label and submit, and the proof that every label was kept once."""
