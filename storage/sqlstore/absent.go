package sqlstore

import (
	"database/sql"
	"errors"
	"fmt"

	"klantbot/analysis"
)

// absent turns the error of reading one row into an analysis.NotFound error
// worded by key where the row is not there; doing says what was read.
func absent(err error, doing, key string) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows):
		return analysis.Fail(analysis.NotFound, key, nil)
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// doing wraps an error that is not nil in what was being done.
func doing(what string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}
