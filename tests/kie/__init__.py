"""Tests of kie."""
