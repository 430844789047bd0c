"""Tests of declarations in and of products out."""
