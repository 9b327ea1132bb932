"""Evaluation: predicted annotations against gold ones."""

from kg.evaluation.score import Scores, Tally, score_documents

__all__ = ["Scores", "Tally", "score_documents"]
