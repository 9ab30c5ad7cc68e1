package commands

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// The kinds of ledger entry of a session.
const (
	boardLetter = "session.board" // the one message in its channel
	newsLetter  = "session.news"  // a phase began, in its thread
)

// boardKey is unique for the board of a session.
func boardKey(id session.ID) string { return fmt.Sprintf("session/%d/board", id) }

// letterOf is a message about session s in its channel, under the end of a key.
func (c SessionScreens) letterOf(s *session.State, kind, key, lang string, at time.Time) storage.LedgerEntry {
	return storage.LedgerEntry{Key: fmt.Sprintf("session/%d/%s", s.ID, key), Kind: kind, Channel: s.Channel, Lang: lang, Group: s.Subject.Group,
		Subject: strconv.FormatInt(int64(s.ID), 10), At: at, Due: c.Now()}
}

// threaded puts e in the thread of the board.
func threaded(s *session.State, e storage.LedgerEntry) storage.LedgerEntry {
	e.Parent = boardKey(s.ID)
	return e
}

// Told is what the channel of session id hears of a change: the board changes in
// place, a phase that begins is said in its thread, and each kind adds what belongs
// to that phase. Everything has a key, so that it is said once.
func (c SessionScreens) Told(ctx context.Context, id session.ID, at time.Time) (Then, error) {
	lang := string(locale.Dutch)
	e, err := c.Letters.Entry(ctx, boardKey(id))
	switch {
	case err == nil:
		lang = e.Lang
	case analysis.KindOf(err) != analysis.NotFound:
		return nil, fmt.Errorf("read the board of session %d: %w", id, err)
	}
	return func(tx storage.Tx, before, after *session.State) error {
		if err := tx.Revise(ctx, boardKey(id)); err != nil {
			return err
		}
		if err := reminded(ctx, tx, before, after); err != nil {
			return err
		}
		if after.Visit != before.Visit && after.Status == session.Running {
			news := threaded(after, c.letterOf(after, newsLetter, "news/"+strconv.Itoa(after.Visit), lang, at))
			if _, err := tx.Enqueue(ctx, news); err != nil {
				return err
			}
		}
		if before.Seq > 0 && after.Mode != before.Mode && after.Status == session.Running {
			how := threaded(after, c.letterOf(after, noticeLetter, noticeSwitched+"/"+strconv.Itoa(after.Seq), lang, at))
			how.Subject = fmt.Sprintf("%d/%s/%d/%s", after.ID, noticeSwitched, after.Seq, after.Mode)
			if _, err := tx.Enqueue(ctx, how); err != nil {
				return err
			}
		}
		return c.toldOf(ctx, tx, before, after, lang, at)
	}, nil
}

// toldOf is what a kind of session adds to that.
func (c SessionScreens) toldOf(ctx context.Context, tx storage.Tx, before, after *session.State, lang string, at time.Time) error {
	switch after.Kind {
	case session.Now3Years:
		return c.toldOfNow(ctx, tx, before, after, lang, at)
	case session.Journey:
		return c.toldOfJourney(ctx, tx, before, after, lang, at)
	}
	return nil
}

// board is what the board of s shows.
func (c SessionScreens) board(ctx context.Context, p *locale.Printer, s *session.State) (view.SessionBoard, error) {
	about, err := c.about(ctx, p, s.Subject)
	b := view.SessionBoard{State: s, About: about, Acts: actsValue(s)}
	for _, id := range s.Chosen {
		name, err := c.about(ctx, p, session.Subject{Group: id})
		if err != nil {
			return b, err
		}
		b.Chosen = append(b.Chosen, name)
	}
	return b, err
}

// lettered returns the session that a ledger entry is about, as it is now.
func (c SessionScreens) lettered(ctx context.Context, e storage.LedgerEntry) (*session.State, error) {
	at, ok := sessionSpotOf(e.Subject)
	if !ok {
		return nil, analysis.Fail(analysis.NotFound, "session.not_begun", nil)
	}
	return c.Use.Read(ctx, at.id)
}

// Board draws the board as the session is now.
func (c SessionScreens) Board(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	return c.drawn(ctx, e, view.SessionMessage)
}

// News says in the thread which phase the session is in.
func (c SessionScreens) News(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	return c.drawn(ctx, e, view.SessionNews)
}

func (c SessionScreens) drawn(ctx context.Context, e storage.LedgerEntry, draw func(*locale.Printer, view.SessionBoard) view.Message) (view.Message, error) {
	s, err := c.lettered(ctx, e)
	if err != nil {
		return view.Message{}, err
	}
	p := locale.New(locale.Lang(e.Lang), officeZone)
	b, err := c.board(ctx, p, s)
	if err != nil {
		return view.Message{}, err
	}
	return draw(p, b), nil
}
