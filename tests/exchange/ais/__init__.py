"""Tests of live positions from AIS."""
