package offline

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"klantbot/prompts"
)

// ThreadReader fulfils prompts.ThreadReader by cue phrases in Dutch and English. It
// would rather miss something than claim what nobody said. The zero value is ready
// and may be used by several goroutines.
type ThreadReader struct{}

// said is a sentence of a message.
type said struct {
	message int
	span    span
	text    string
	plain   string // text without what Slack writes between < and >, of the same length
	words   []word
	folded  string // the words, with a space before and behind each
	kind    prompts.PointKind
	point   prompts.ThreadPoint
}

// ReadThread finds decisions, actions and open questions. The same messages give the
// same digest.
func (ThreadReader) ReadThread(ctx context.Context, messages []prompts.ThreadMessage) (prompts.ThreadDigest, error) {
	d := prompts.ThreadDigest{Mode: prompts.Offline}
	var all []said
	for i, m := range messages {
		if err := ctx.Err(); err != nil {
			return prompts.ThreadDigest{}, err
		}
		mock := mocked(m.Text)
		plain := unmarked(m.Text)
		for _, at := range split(plain) {
			s := said{message: i, span: at, text: m.Text[at.start:at.end], plain: plain[at.start:at.end]}
			if s.words = spoken(s.plain); len(s.words) == 0 {
				continue
			}
			s.folded = " "
			for _, w := range s.words {
				s.folded += w.folded + " "
			}
			s.judge(m, mock, all)
			all = append(all, s)
		}
	}
	s := stems{}
	for k := range all {
		if all[k].kind == prompts.OpenQuestion && answered(all, k, messages, s) {
			all[k].kind = ""
		}
		if all[k].kind != "" {
			all[k].point.Kind = all[k].kind
			d.Points = append(d.Points, all[k].point)
		}
	}
	return d, nil
}

// called finds who is called: <@U02>, or @Sanne. It is compiled when it is first asked
// for.
var called = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`<@([A-Z0-9]+)(?:\|[^>]*)?>|(?:^|\s)@([\p{L}][\p{L}\p{N}_.-]*)`)
})

var markings = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`<[^<>\n]*>`) })

// unmarked is a message with addresses, links and calls struck out, byte for byte: a
// link with a question mark asks nothing.
func unmarked(text string) string {
	if !strings.Contains(text, "<") {
		return text
	}
	return markings().ReplaceAllStringFunc(text, func(m string) string { return strings.Repeat("_", len(m)) })
}

// spoken are the words of a sentence without those who are called.
func spoken(text string) []word {
	var blank []byte
	for _, at := range called().FindAllStringIndex(text, -1) {
		if blank == nil {
			blank = []byte(text)
		}
		for i := at[0]; i < at[1]; i++ {
			blank[i] = ' '
		}
	}
	if blank == nil {
		return words(text)
	}
	return words(string(blank))
}

// mocked says whether a message is not meant as it reads.
func mocked(text string) bool {
	if slices.ContainsFunc(mocks, func(m string) bool { return strings.Contains(text, m) }) {
		return true
	}
	folded := " "
	for _, w := range words(text) {
		folded += w.folded + " "
	}
	_, ok := holds(folded, mocking)
	return ok
}

// judge says what s is: a decision, else an action, else a question.
func (s *said) judge(m prompts.ThreadMessage, mock bool, before []said) {
	s.point = prompts.ThreadPoint{ID: m.ID, Start: s.span.start, End: s.span.end}
	asks := strings.Contains(s.plain, "?")
	switch {
	case !mock && !asks && s.isDecision():
		s.kind = prompts.Decided
	case !mock && s.isTask(m, asks, before):
		s.kind = prompts.Task
		if start, end, ok := s.due(); ok {
			s.point.DueStart, s.point.DueEnd = s.span.start+start, s.span.start+end
		}
	case asks && !mock && len(s.words) >= 3:
		s.kind = prompts.OpenQuestion
	}
}

func (s *said) isDecision() bool {
	_, cue := holds(s.folded, decides)
	_, not := holds(s.folded, undecided)
	return cue && !not && len(s.words) >= 3
}

// isTask looks for who does what: "ik bel ze morgen", "@Sanne maak jij ...?", "Kees
// regelt ...", "actie: ...".
func (s *said) isTask(m prompts.ThreadMessage, asks bool, before []said) bool {
	if _, no := holds(s.folded, refrains); no {
		return false
	}
	key, name := whoIsCalled(s.text)
	if _, you := holds(s.folded, asksYou); you && (key != "" || name != "") && len(s.words) >= 3 {
		s.point.Owner, s.point.OwnerName = key, name
		return true
	}
	if asks {
		return false
	}
	ws := s.words
	marked := len(ws) > 2 && (ws[0].folded == "actie" || ws[0].folded == "todo" || ws[0].folded == "action" || ws[0].folded == "actiepunt")
	if marked {
		ws = ws[1:]
	}
	if (key != "" || name != "") && len(ws) >= 2 && doesIt()[ws[0].folded] {
		s.point.Owner, s.point.OwnerName = key, name
		return true
	}
	if len(ws) >= 3 && ws[0].capital && doesIt()[ws[1].folded] && named(ws[0]) {
		s.point.OwnerName = s.text[ws[0].start:ws[0].end]
		return true
	}
	if s.firstPerson(ws, before) {
		s.point.Owner = m.Author
		return true
	}
	return marked
}

// firstPerson says whether the author takes it up. "Doe ik" alone only confirms what
// was asked a moment ago, and is an action where nobody else noted it.
func (s *said) firstPerson(ws []word, before []said) bool {
	promised := false
	for i := range ws {
		if ws[i].folded == "ik" && (i+1 < len(ws) && promises()[ws[i+1].folded] || i > 0 && promises()[ws[i-1].folded]) {
			promised = true
		}
	}
	if _, english := holds(s.folded, promisesInEnglish); english {
		promised = true
	}
	if strings.HasPrefix(s.folded, " will do ") {
		promised = true
	}
	if !promised {
		return false
	}
	if len(ws) > 3 {
		return true
	}
	for k := len(before) - 1; k >= 0 && k >= len(before)-3; k-- {
		if before[k].kind == prompts.Task {
			return false
		}
		if before[k].kind == prompts.OpenQuestion {
			return true
		}
	}
	return len(ws) == 3
}

// named says whether a capital is of a name: not of the word a sentence begins with.
func named(w word) bool {
	return !functionWords()[w.folded] && !nobodyInParticular()[w.folded] && len(w.folded) > 1
}

var nobodyInParticular = lazySet(`iemand niemand iedereen klant klanten software systeem alles niks niets wie wat dit dat het er kantoor
	bank belastingdienst everyone nobody somebody it that this client`)

// whoIsCalled returns who a sentence addresses.
func whoIsCalled(text string) (key, name string) {
	if found := called().FindStringSubmatch(text); found != nil {
		return found[1], found[2]
	}
	return "", ""
}

// due returns where a sentence says by when.
func (s *said) due() (start, end int, ok bool) {
	for i, w := range s.words {
		for n := min(4, len(s.words)-i); n >= 1; n-- {
			phrase := " "
			for _, v := range s.words[i : i+n] {
				phrase += v.folded + " "
			}
			if slices.Contains(whenDue, phrase) {
				return w.start, s.words[i+n-1].end, true
			}
		}
		if i+1 < len(s.words) && unicode.IsDigit(rune(w.folded[0])) && months()[s.words[i+1].folded] {
			return w.start, s.words[i+1].end, true
		}
	}
	return 0, 0, false
}

// answerWithin is how many messages of others may stand between question and answer.
const answerWithin = 2

// answered says whether the question all[k] got an answer: the author acts on it
// herself, somebody takes up what was asked of "who", or one of the next says
// something that is not about something else.
func answered(all []said, k int, messages []prompts.ThreadMessage, s stems) bool {
	q := all[k]
	who := q.words[0].folded == "wie" || q.words[0].folded == "who" || len(q.words) > 1 && (q.words[1].folded == "wie" || q.words[1].folded == "who")
	seen, last := 0, q.message
	for _, next := range all[k+1:] {
		if next.message == q.message {
			if next.kind == prompts.Task {
				return true
			}
			continue
		}
		if messages[next.message].Author == messages[q.message].Author {
			if next.kind == prompts.Decided && (seen > 0 || common(q, next, s)) {
				return true
			}
			continue
		}
		if next.message != last {
			last = next.message
			if seen++; seen > answerWithin+1 {
				return false
			}
		}
		if who {
			if next.kind == prompts.Task || next.kind == "" && len(next.words) <= 4 && next.kind != prompts.OpenQuestion && !dodges(next) && seen == 1 {
				return true
			}
			continue
		}
		if next.kind == prompts.OpenQuestion || dodges(next) || seen > answerWithin && !common(q, next, s) {
			continue
		}
		if next.kind == "" || common(q, next, s) {
			return true
		}
	}
	return false
}

func dodges(s said) bool {
	_, dodge := holds(s.folded, noIdea)
	return dodge
}

// common says whether two sentences have a word of content in common.
func common(a, b said, s stems) bool {
	for _, v := range a.words {
		if functionWords()[v.folded] || len(v.folded) < 4 {
			continue
		}
		for _, w := range b.words {
			if s.of(v.folded) == s.of(w.folded) {
				return true
			}
		}
	}
	return false
}
