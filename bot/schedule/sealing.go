package schedule

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

// sealedFrom is how many lines of the trail are sealed in daytime too.
const sealedFrom = 200

// Sealing seals the audit trail: all of it every night, at the first look after a
// start and at the end, and in daytime what has become much. The log gets each seal,
// so that a copy of the log tells of a trail that was replaced as a whole.
type Sealing struct {
	Chain storage.AuditChain
	Zone  *time.Location // of the office
	Log   *slog.Logger

	mu   sync.Mutex
	done analysis.Day // the night that is finished
}

// Run seals what is to be sealed at at.
func (s *Sealing) Run(ctx context.Context, at time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	local, least := at.In(s.Zone), sealedFrom
	day := analysis.DayOf(local)
	if day != s.done && local.Hour() >= nightFrom {
		least = 1
	}
	if err := s.all(ctx, at, least); err != nil {
		return err
	}
	if least == 1 {
		s.done = day
	}
	return nil
}

// End seals what is left, for a program that stops.
func (s *Sealing) End(ctx context.Context, at time.Time) error { return s.all(ctx, at, 1) }

func (s *Sealing) all(ctx context.Context, at time.Time, least int) error {
	for {
		seal, made, err := s.Chain.SealAudit(ctx, at, least)
		if err != nil || !made {
			return err
		}
		s.Log.Info("trail sealed", "batch", seal.Batch, "lines", seal.Lines, "seal", seal.Seal)
	}
}
