"""Annotated articles in, model bundle out: the training side of kyket."""
