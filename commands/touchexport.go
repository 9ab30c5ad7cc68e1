package commands

import (
	"context"
	"iter"

	"klantbot/analysis"
	"klantbot/storage"
)

// TouchExport hands out moments with clients, for the office's CRM.
type TouchExport struct {
	Touches storage.Touches
	Store   storage.Writer
}

// Between returns the moments with from <= day <= to, by day. The notes may be
// about anybody, so only who may import may have them, and it is written down.
func (c TouchExport) Between(ctx context.Context, req Request, from, to analysis.Day) (iter.Seq2[storage.TouchLine, error], error) {
	if !analysis.Allow(req.Actor, analysis.ImportData, analysis.Subject{}) {
		return nil, refuse()
	}
	if from > to {
		return nil, analysis.Fail(analysis.Invalid, "export.period", nil)
	}
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "touch.export"}); err != nil {
		return nil, err
	}
	return c.Touches.Moments(ctx, from, to), nil
}
