package commands

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/storage"
)

// saying is what the bot says in a DM, as the ledger keeps it: a question that was
// kept, ids of clients and names of sentences. Nobody's words are in it.
type saying struct {
	question      storage.QuestionID  // that it answers; 0: none that was kept
	sentence      string              // key of the one sentence it is; empty: the answer to question
	touch         analysis.TouchKind  // contact that it proposes to log with one of found; empty: none
	found         []analysis.ClientID // whom of it asks which is meant
	via           []via               // by what each of found was found; may be shorter
	nearest, more bool                // nobody is called so; more are
	week          bool                // it is the week of who asked
	once          bool                // its words are kept nowhere
}

// String writes s for the ledger.
func (s saying) String() string {
	v := url.Values{}
	put := func(key, value string, there bool) {
		if there {
			v.Set(key, value)
		}
	}
	ids := make([]string, len(s.found))
	for i, id := range s.found {
		ids[i] = strconv.FormatInt(int64(id), 10)
	}
	put("q", strconv.FormatInt(int64(s.question), 10), s.question != 0)
	put("s", s.sentence, s.sentence != "")
	put("t", string(s.touch), s.touch != "")
	put("f", strings.Join(ids, "."), len(ids) > 0)
	put("v", viaWords(s.via), viaWords(s.via) != "")
	put("n", "1", s.nearest)
	put("m", "1", s.more)
	put("w", "1", s.week)
	put("o", "1", s.once)
	return v.Encode()
}

func sayingOf(subject string) (s saying) {
	v, err := url.ParseQuery(subject)
	if err != nil {
		return s
	}
	q, _ := strconv.ParseInt(v.Get("q"), 10, 64)
	s = saying{question: storage.QuestionID(q), sentence: v.Get("s"), touch: analysis.TouchKind(v.Get("t")), via: readVia(v.Get("v")), nearest: v.Get("n") != "", more: v.Get("m") != "", week: v.Get("w") != "", once: v.Get("o") != ""}
	for part := range strings.SplitSeq(v.Get("f"), ".") {
		if id, err := clientOf(part); err == nil {
			s.found = append(s.found, id)
		}
	}
	return s
}

// asks reports whether s asks which client is meant.
func (s saying) asks() bool { return len(s.found) > 0 || s.nearest || s.more }

// sentenceOf is a sentence that is said as it is.
func sentenceOf(p *locale.Printer, key string) string {
	if !slices.Contains(saidAsIs, key) {
		key = "ask.gone"
	}
	return p.T(key, analysis.Args{"most": longestQuestion})
}

// saidAsIs are the sentences that the ledger may name.
var saidAsIs = []string{"ask.too_long", "ask.itself", "ask.thanks", "ask.follows.nothing", "ask.thread.where", "ask.me.unknown", "ask.manager.which", "ask.gone", refusal, noTrade}
