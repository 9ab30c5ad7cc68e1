package sqlstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"klantbot/analysis"
	"klantbot/storage"
)

var _ storage.Lifetimes = (*DB)(nil)

// LifetimeFits fulfils storage.Lifetimes.
func (db *DB) LifetimeFits(ctx context.Context) ([]storage.LifetimeFit, error) {
	const last = `
		SELECT f.model, f.as_of, f.clients, f.cohorts, f.params, f.log_likelihood, f.model_error, f.naive_error, f.held_out,
			f.reason, f.by_user, f.at
		FROM lifetime_fit f
		WHERE f.id = (SELECT MAX(l.id) FROM lifetime_fit l WHERE l.model = f.model)
		ORDER BY f.model`
	rows, err := db.reader().query(ctx, last)
	fits, err := collect(rows, err, func(row scanner) (storage.LifetimeFit, error) {
		var f storage.LifetimeFit
		var params []byte
		var at int64
		err := row.Scan(&f.Model, &f.AsOf, &f.Clients, &f.Cohorts, &params, &f.LogLikelihood, &f.ModelError, &f.NaiveError, &f.HeldOut,
			&f.Reason, &f.By, &at)
		if err != nil {
			return f, err
		}
		f.At = instant(at)
		return f, json.Unmarshal(params, &f.Params)
	})
	return fits, doing("read lifetime fits", err)
}

// CostSoFar fulfils storage.Lifetimes.
func (db *DB) CostSoFar(ctx context.Context, id analysis.GroupID, asOf analysis.Day) (analysis.Cents, analysis.Day, error) {
	const cost = `
		SELECT CAST(COALESCE(SUM(h.cents), 0) AS BIGINT), COALESCE(MIN(h.day), -2147483648)
		FROM client c
		JOIN hours h ON h.client_id = c.id
		WHERE c.group_id = ` + wholeGroup + ` AND h.day <= ?2`
	var cents analysis.Cents
	var first analysis.Day
	err := db.reader().row(ctx, cost, id, int64(asOf)).Scan(&cents, &first)
	return cents, first, doing("read cost of group", err)
}

// SaveLifetime fulfils storage.LifetimeTx.
func (t tx) SaveLifetime(ctx context.Context, f storage.LifetimeFit) error {
	const insert = `
		INSERT INTO lifetime_fit (model, as_of, clients, cohorts, params, log_likelihood, model_error, naive_error, held_out, reason, by_user, at)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)`
	for _, v := range []float64{f.LogLikelihood, f.ModelError, f.NaiveError} {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return errors.New("save lifetime fit: a figure is not finite")
		}
	}
	if f.Params == nil {
		f.Params = map[string]float64{}
	}
	params, err := json.Marshal(f.Params) // refuses what is not finite
	if err != nil {
		return fmt.Errorf("save lifetime fit: %w", err)
	}
	_, err = t.exec(ctx, insert, f.Model, int64(f.AsOf), f.Clients, f.Cohorts, string(params), f.LogLikelihood, f.ModelError,
		f.NaiveError, f.HeldOut, f.Reason, f.By, milliseconds(f.At))
	return doing("save lifetime fit", err)
}

// Forbid fulfils storage.ServiceTx.
func (t tx) Forbid(ctx context.Context, id analysis.ServiceID, forbidden bool) error {
	const set = `UPDATE service SET forbidden = ?2 WHERE id = ?1`
	n, err := t.exec(ctx, set, id, bit(forbidden))
	if err != nil {
		return fmt.Errorf("forbid service: %w", err)
	}
	if n == 0 {
		return analysis.Fail(analysis.NotFound, "storage.service.not_found", nil)
	}
	return nil
}
