package session

import (
	"slices"

	"klantbot/analysis"
)

// What of each Body is words of people, and whom it names. A new Body with words
// that is missing here fails TestEraseEveryBody.

func (b Started) worded(f func(string) string) Body { b.Goal = f(b.Goal); return b }
func (b Wrote) worded(f func(string) string) Body {
	b.Text, b.Source = f(b.Text), f(b.Source)
	return b
}
func (b Rewrote) worded(f func(string) string) Body {
	b.Text, b.Source = f(b.Text), f(b.Source)
	return b
}
func (b Split) worded(f func(string) string) Body   { b.Title = f(b.Title); return b }
func (b Renamed) worded(f func(string) string) Body { b.From, b.To = f(b.From), f(b.To); return b }
func (b Handled) worded(f func(string) string) Body { b.Reason = f(b.Reason); return b }
func (b Agreed) worded(f func(string) string) Body {
	b.When, b.Then, b.Theme = f(b.When), f(b.Then), f(b.Theme)
	return b
}

func (b Clustered) worded(f func(string) string) Body {
	b.Clusters = slices.Clone(b.Clusters)
	for i := range b.Clusters {
		b.Clusters[i].Name = f(b.Clusters[i].Name)
	}
	return b
}

func (b Stepped) worded(f func(string) string) Body {
	b.Steps = slices.Clone(b.Steps)
	for i := range b.Steps {
		b.Steps[i].Name = f(b.Steps[i].Name)
	}
	return b
}

func (b AmbitionChosen) worded(f func(string) string) Body {
	b.Words = slices.Clone(b.Words)
	for i := range b.Words {
		b.Words[i] = f(b.Words[i])
	}
	return b
}

type someone = func(analysis.UserID) analysis.UserID

func (b Started) peopled(f someone) Body {
	b.Facilitator, b.Participants = f(b.Facilitator), slices.Clone(b.Participants)
	for i := range b.Participants {
		b.Participants[i] = f(b.Participants[i])
	}
	return b
}

func (b Joined) peopled(f someone) Body   { b.User = f(b.User); return b }
func (b Removed) peopled(f someone) Body  { b.User = f(b.User); return b }
func (b TookOver) peopled(f someone) Body { b.From, b.User = f(b.From), f(b.User); return b }
func (b Agreed) peopled(f someone) Body   { b.Owner = f(b.Owner); return b }
func (b Handled) peopled(f someone) Body  { b.Owner = f(b.Owner); return b }
