package commands

import (
	"context"
	"fmt"
	"time"

	"klantbot/storage"
)

// Answers mends answers that a language model was writing in a process that died.
type Answers struct {
	Telling storage.Telling // nil: none is written
	Store   storage.Writer
	Now     func() time.Time // wall time
}

// NewAnswers returns those of n.
func NewAnswers(n Needs) Answers { return Answers{Telling: n.Telling, Store: n.Writer, Now: n.Now} }

// mostUntold is how many answers are mended at once.
const mostUntold = 100

// Mend has each answer that nobody goes on writing answered without the model, and
// returns which they were.
func (c Answers) Mend(ctx context.Context) (left []storage.Told, err error) {
	if c.Telling == nil {
		return nil, nil
	}
	left, err = c.Telling.Untold(ctx, c.Now(), mostUntold)
	if err != nil || len(left) == 0 {
		return nil, err
	}
	err = c.Store.Write(ctx, func(tx storage.Tx) error {
		for _, one := range left {
			if err := tx.EndTelling(ctx, one.Request); err != nil {
				return err
			}
			if err := tx.Revise(ctx, answerKey(one.Request)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("answer what was left half said: %w", err)
	}
	return left, nil
}
