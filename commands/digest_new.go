package commands

import (
	"context"
	"strings"

	"klantbot/analysis"
)

// NewDigest returns the weekly digest with all that its buttons do.
func NewDigest(n Needs) Digest {
	d := Digest{Choices: n.Digests, Handling: Handling{Week: planOf(n), Client: Client{Directory: n.Directory, Cards: cardsOf(n), Store: n.Writer},
		Clients: n.Clients, Letters: n.Letters, Colleagues: n.Colleagues, Store: n.Writer, Now: n.Now}}
	d.Redraw = map[string]func(context.Context, Request, string) (Reply, error){
		strings.TrimSuffix(restPlace, "/"): func(ctx context.Context, req Request, place string) (Reply, error) {
			_, req.Value, _ = strings.Cut(place, "/")
			return d.More(ctx, req)
		}}
	return d
}

// digestEntries are the part of the table that the digest carries, and every
// other place where its rows stand. Whose group it is, is asked of each press.
func digestEntries(d Digest) []Entry {
	entry := func(id string, on On, run UseCase) Entry {
		return Entry{ID: id, On: on, Version: 1, Permission: analysis.ViewOffice, Run: run}
	}
	snooze, skip := entry("attention.snooze", Submission, d.Snooze), entry("attention.not_needed", Submission, d.NotNeeded)
	hand, note := entry("attention.hand_over", Submission, d.HandOver), entry("attention.noted", Submission, d.Noted)
	snooze.Validate, skip.Validate, hand.Validate, note.Validate = d.ValidateSnooze, d.ValidateSkip, d.ValidateHand, d.ValidateNote
	for _, form := range []*Entry{&snooze, &skip, &hand, &note} {
		form.Stays = overRest
	}
	choose := entry("digest.choose", Submission, d.Choose)
	choose.Validate = d.ValidateChoice
	choose.Loading = true
	return []Entry{
		entry("attention.done", Action, d.Done),
		entry("attention.later", Action, d.Later),
		entry("attention.skip", Action, d.Skip),
		entry("attention.hand", Action, d.Hand),
		entry("attention.undo", Action, d.Undo),
		entry("attention.note", Action, d.Note),
		{ID: "attention.card", On: Action, Version: 1, Permission: analysis.ViewClient, Run: d.Card},
		snooze, skip, hand, note,
		entry("digest.more", Action, d.More),
		entry("digest.settings", Action, d.Settings),
		choose,
	}
}

// overRest reports whether the form of req stood over the window with the rest of
// a digest, to which it leads back.
func overRest(req Request) bool { return strings.HasPrefix(req.Private, restPlace) }
