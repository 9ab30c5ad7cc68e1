package main

import (
	"os"
	"strings"

	"klantbot/analysis"
)

// secret reads an environment variable, or the file that <name>_FILE names:
// container platforms hand secrets over as files. Empty when neither is set.
func secret(name string) (string, error) {
	if v := os.Getenv(name); v != "" {
		return v, nil
	}
	path := os.Getenv(name + "_FILE")
	if path == "" {
		return "", nil
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", &analysis.Error{Kind: analysis.Invalid, Key: "config.secret_file", Args: analysis.Args{"name": name + "_FILE"}, Cause: err}
	}
	return strings.TrimSpace(string(raw)), nil
}

// needed is secret for one that has to be there.
func needed(name string) (string, error) {
	v, err := secret(name)
	if err == nil && v == "" {
		err = analysis.Fail(analysis.Invalid, "config.missing", analysis.Args{"name": name})
	}
	return v, err
}
