"""The tests: real servers, kernels, browsers, files; a fake only at the outermost wire."""
