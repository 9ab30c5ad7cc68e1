package session

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"klantbot/analysis"
)

// fill sets every text in v to text and every user to user.
func fill(v reflect.Value, text string, user analysis.UserID) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), text, user)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), text, user)
		fill(v.Index(1), text, user)
	case reflect.String:
		switch v.Type() {
		case reflect.TypeFor[string]():
			v.SetString(text)
		case reflect.TypeFor[analysis.UserID]():
			v.SetString(string(user))
		}
	}
}

// TestEraseEveryBody: whatever holds words or a person is known to erasing, also
// what is added later.
func TestEraseEveryBody(t *testing.T) {
	for name := range decoders {
		zero, err := decoders[name]([]byte("{}"))
		if err != nil {
			t.Fatal(err)
		}
		filled := reflect.New(reflect.TypeOf(zero)).Elem()
		if filled.Kind() == reflect.Struct {
			for i := range filled.NumField() {
				if f := filled.Field(i); f.CanSet() && f.Type() != reflect.TypeFor[Subject]() && !strings.HasPrefix(f.Type().String(), "time.") {
					fill(f, "bij Jansen Advies thuis", "U9")
				}
			}
		}
		b := filled.Interface().(Body)
		before, _ := Encode(b)
		after, _ := Encode(bodyOf(Erase([]Event{{Seq: 1, Body: b}}, Erasure{Names: []string{"jansen advies"}, User: "U9"}), b))
		if strings.Contains(string(after), "Jansen") || strings.Contains(string(after), "U9") {
			t.Errorf("%s keeps %s", name, after)
		}
		if again, _ := Encode(b); string(again) != string(before) {
			t.Errorf("%s was changed under its owner: %s", name, again)
		}
	}
}

func bodyOf(changed []Event, b Body) Body {
	for _, e := range changed {
		b = e.Body
	}
	return b
}

// erased is p after e: what happened is as it was.
func erased(t *testing.T, p *play, e Erasure) *State {
	t.Helper()
	changed := Erase(p.events, e)
	for _, c := range changed {
		p.events[c.Seq-1] = c
	}
	if again := Erase(p.events, e); len(again) > 0 {
		t.Errorf("erased again it changes %d events", len(again))
	}
	return p.state()
}

// TestErase: words go, what happened stays.
func TestErase(t *testing.T) {
	p := now3Years(t, 4)
	p.do("U2", wrote(Now, "Jansen belt vaak"))
	p.do("U3", wrote(Now, "Snel terugbellen"))
	s := p.to(Clustering)
	cards := s.Cards("")
	p.do("U1", Clustered{Clusters: []Proposed{{Name: "Bellen met jansen", Cards: []CardID{cards[0].ID, cards[1].ID}}}})
	s = p.state()
	p.do("U1", Renamed{Cluster: s.Clusters[0].ID, From: "Bellen met jansen", To: "Bellen"})
	due := analysis.DayOf(p.at) + 20
	s = p.do("U2", Agreed{Owner: "U3", Due: due, Then: "bel ik over de huur", Group: 5})
	first := s.Actions[0].ID
	p.do("U3", Handled{Action: first, Base: 1, State: Delayed, Due: due + 5, Reason: "is op reis"})
	p.do("U2", Agreed{Owner: "U2", Due: due, Then: "bel ik de bank"})
	said := func(s *State) string {
		words := fmt.Sprint(s.Clusters[0].Name, len(s.Clusters[0].Cards))
		for _, c := range s.Cards("") {
			words += "; " + c.Text
		}
		for _, a := range s.Actions {
			words += fmt.Sprint("; ", a.Owner, " ", a.Then, " ", a.Group, " ", int(a.Due-due), " ", a.History[len(a.History)-1].Reason)
		}
		return words
	}
	want(t, "a name", said(erased(t, p, Erasure{Names: []string{"Jansen", ""}})), "Bellen2; Snel terugbellen; […]; U3 bel ik over de huur 5 5 is op reis; U2 bel ik de bank 12 0 ")
	want(t, "part of a word is no name", said(erased(t, p, Erasure{Names: []string{"terug", "de hu"}})), said(p.state()))
	want(t, "who an action is for", said(erased(t, p, Erasure{Groups: []analysis.GroupID{5, 0}})), "Bellen2; Snel terugbellen; […]; U3 […] 12 5 […]; U2 bel ik de bank 12 0 ")
	s = erased(t, p, Erasure{User: "U3"})
	want(t, "a colleague", said(s), "Bellen2; Snel terugbellen; […]; weg/1 […] 12 5 […]; U2 bel ik de bank 12 0 ")
	want(t, "a second colleague", said(erased(t, p, Erasure{User: "U2"})), "Bellen2; Snel terugbellen; […]; weg/1 […] 12 5 […]; weg/2 bel ik de bank 12 0 ")
	if IsGone("U2") || !IsGone(s.Actions[0].Owner) || len(s.Active()) != 4 {
		t.Errorf("who is gone: %v of %v", s.Actions[0].Owner, s.Active())
	}
	want(t, "nothing", len(Erase(p.events, Erasure{})), 0)
}

// TestEraseAbout: a session about a group keeps no word of it.
func TestEraseAbout(t *testing.T) {
	p := now3Years(t, 4)
	b := p.events[0].Body.(Started)
	b.Subject, b.Goal = Subject{Group: 5}, "Behouden"
	p.events[0].Body = b
	p.do("U2", wrote(Now, "Iets over de klant"))
	s := erased(t, p, Erasure{Groups: []analysis.GroupID{5}})
	want(t, "goal", s.Goal, Erased)
	want(t, "card", s.Cards("U2")[0].Text, Erased)
	want(t, "phase", s.Phase, Facts)
	want(t, "about", s.Subject.Group, erasedGroup)
}
