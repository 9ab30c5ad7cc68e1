package session

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"klantbot/analysis"
)

// Erasure says whose traces are to go out of discussions, for good.
type Erasure struct {
	// Groups are relatiegroepen: every word of a session about one and of an action
	// for one goes, and nothing names its id any more. A group that goes on without one of its clients is not meant: name
	// that client in Names.
	Groups []analysis.GroupID
	// Names are how people write somebody's name. A text that has one of them as
	// whole words, in this order and whatever the case, goes as a whole, in every
	// session. A legal form is a word too: without it more is found.
	Names []string
	// User is a colleague: everything stays, under a stand-in. "": nobody.
	User analysis.UserID
	// Words: every word goes, and with it the goal that says so (Erased). What happened
	// stays, and about whom it was.
	Words bool
}

// Erased stands where words were that are forgotten.
const Erased = "[…]"

// erasedGroup is what a session is about whose relatiegroep was erased: no group has
// that id.
const erasedGroup analysis.GroupID = -1

// gonePrefix begins the stand-in of a colleague who was erased.
const gonePrefix = "weg/"

// IsGone reports whether u stands in for a colleague who was erased: Slack knows
// no such user.
func IsGone(u analysis.UserID) bool { return strings.HasPrefix(string(u), gonePrefix) }

// worded is a Body with words that people wrote.
type worded interface {
	// worded returns it with each of them changed; it shares nothing with the old one.
	worded(func(string) string) Body
}

// peopled is a Body that names people other than its author.
type peopled interface {
	peopled(func(analysis.UserID) analysis.UserID) Body
}

// Erase returns those of the events of one session that e changes, as they are
// without what is to be forgotten. What happened stays as it was: the same cards,
// groups, dots and dates, with Erased for words. Erasing again changes nothing.
func Erase(events []Event, e Erasure) []Event {
	var changed []Event
	if e.Groups = slices.DeleteFunc(slices.Clone(e.Groups), func(id analysis.GroupID) bool { return id == 0 }); len(e.Groups)+len(e.Names) == 0 && e.User == "" && !e.Words {
		return nil
	}
	about, actions := erasedActions(events, e.Groups)
	gone := standIn(events)
	for _, event := range events {
		was := event
		if w, ok := event.Body.(worded); ok {
			whole := about || e.Words || actions[actionOf(event)]
			event.Body = w.worded(func(text string) string {
				if text != "" && (whole || names(text, e.Names)) {
					return Erased
				}
				return text
			})
		}
		if b, ok := event.Body.(Started); ok && e.Words {
			b.Goal = Erased
			event.Body = b
		}
		event.Body = without(event.Body, e.Groups)
		if e.User != "" {
			instead := func(u analysis.UserID) analysis.UserID {
				if u == e.User {
					return gone
				}
				return u
			}
			event.By = instead(event.By)
			if b, ok := event.Body.(peopled); ok {
				event.Body = b.peopled(instead)
			}
		}
		if event.By != was.By || !same(event.Body, was.Body) {
			changed = append(changed, event)
		}
	}
	return changed
}

// same reports whether two bodies are stored alike.
func same(a, b Body) bool {
	x, err := Encode(a)
	y, wrong := Encode(b)
	return err == nil && wrong == nil && string(x) == string(y)
}

// erasedActions are the actions for one of groups; about: the whole session is.
func erasedActions(events []Event, groups []analysis.GroupID) (about bool, actions map[ActionID]bool) {
	actions = map[ActionID]bool{}
	for _, event := range events {
		switch b := event.Body.(type) {
		case Started:
			about = slices.Contains(groups, b.Subject.Group)
		case Agreed:
			actions[ActionID(event.Seq)] = slices.Contains(groups, b.Group)
		}
	}
	return about, actions
}

// actionOf is the action that an event is about; 0: none.
func actionOf(e Event) ActionID {
	switch b := e.Body.(type) {
	case Agreed:
		return ActionID(e.Seq)
	case Handled:
		return b.Action
	}
	return 0
}

// without returns b such that it names none of groups. Clients who were chosen and
// are gone leave the others; where none is left, nobody was chosen.
func without(b Body, groups []analysis.GroupID) Body {
	switch b := b.(type) {
	case Started:
		if slices.Contains(groups, b.Subject.Group) {
			b.Subject.Group = erasedGroup
		}
		return b
	case Chose:
		b.Groups = slices.DeleteFunc(slices.Clone(b.Groups), func(id analysis.GroupID) bool { return slices.Contains(groups, id) })
		return b
	case Agreed:
		if slices.Contains(groups, b.Group) {
			b.Group = 0
		}
		return b
	}
	return b
}

// standIn is one that no event names yet.
func standIn(events []Event) analysis.UserID {
	n := 0
	highest := func(u analysis.UserID) analysis.UserID {
		if rest, ok := strings.CutPrefix(string(u), gonePrefix); ok {
			if k, err := strconv.Atoi(rest); err == nil {
				n = max(n, k)
			}
		}
		return u
	}
	for _, event := range events {
		highest(event.By)
		if b, ok := event.Body.(peopled); ok {
			b.peopled(highest)
		}
	}
	return analysis.UserID(gonePrefix + strconv.Itoa(n+1))
}

// names reports whether text has one of all as whole words beside each other.
func names(text string, all []string) bool {
	said := wordsOf(text)
	return slices.ContainsFunc(all, func(name string) bool {
		words := wordsOf(name)
		for i := 0; len(words) > 0 && i+len(words) <= len(said); i++ {
			if slices.Equal(said[i:i+len(words)], words) {
				return true
			}
		}
		return false
	})
}

// wordsOf are the words of text in lower case, without what is not a letter or a
// digit.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
}
