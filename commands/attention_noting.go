package commands

import (
	"context"
	"iter"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/storage"
)

// noting shows the groups to note while they are planned, so that the office is
// read once.
type noting struct {
	storage.Attention
	note func(attention.Group)
}

// AttentionGroups fulfils storage.Attention.
func (n noting) AttentionGroups(ctx context.Context, version analysis.VersionID, asOf analysis.Day) iter.Seq2[attention.Group, error] {
	return func(yield func(attention.Group, error) bool) {
		for g, err := range n.Attention.AttentionGroups(ctx, version, asOf) {
			if err == nil {
				n.note(g)
			}
			if !yield(g, err) {
				return
			}
		}
	}
}
