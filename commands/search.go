package commands

import (
	"context"

	"klantbot/analysis"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Matches is what a search on the command line finds.
type Matches struct {
	Query string
	Found []Match
	More  bool       // there are more than Found holds
	Card  *view.Card // of the one clear hit
}

// Match is one client that a search found.
type Match struct {
	view.Candidate
	Score float64 // 0..1
}

// Search answers `klantbot client QUERY`: the at most ten clients that match,
// or the nearest names, and the card where there is one clear hit.
func (c Client) Search(ctx context.Context, req Request) (Matches, error) {
	if !analysis.Allow(req.Actor, analysis.FindClients, analysis.Subject{}) {
		return Matches{}, refuse()
	}
	m := Matches{Query: clean(req.Text)}
	found, clear := c.Directory.Find(ctx, m.Query, mostChoices+1)
	if m.More = len(found) > mostChoices; m.More {
		found = found[:mostChoices]
	}
	candidates, err := c.candidates(ctx, m.Query, found)
	if err != nil {
		return m, err
	}
	scores := make(map[analysis.ClientID]float64, len(found))
	for _, f := range found {
		scores[f.Client] = f.Score
	}
	for _, candidate := range candidates {
		m.Found = append(m.Found, Match{Candidate: candidate, Score: scores[candidate.Client]})
	}
	if !clear {
		return m, c.auditSearch(ctx, req)
	}
	card, err := c.Cards.Card(ctx, found[0].Client, req.today())
	if err != nil {
		return m, err
	}
	m.Card = &card
	return m, audit(ctx, c.Store, req, storage.AuditLine{Action: "client.show", Client: found[0].Client, Group: card.Group.ID})
}

// Closest returns the nearest names when Search found nobody.
func (c Client) Closest(ctx context.Context, query string) ([]view.Candidate, error) {
	return c.candidates(ctx, clean(query), c.Directory.Nearest(ctx, clean(query), mostNearest))
}
