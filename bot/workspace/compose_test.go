package workspace

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// TestComposer: what people type becomes the elements that Slack's composer
// makes of it, so that an app reads from blocks what it would at Slack.
func TestComposer(t *testing.T) {
	for _, c := range []struct{ typed, want string }{
		{"gewoon", `[{"elements":[{"text":"gewoon","type":"text"}],"type":"rich_text_section"}]`},
		{"*vet* en _schuin_, ~weg~", `[{"elements":[{"style":{"bold":true},"text":"vet","type":"text"},{"text":" en ","type":"text"},{"style":{"italic":true},"text":"schuin","type":"text"},{"text":", ","type":"text"},{"style":{"strike":true},"text":"weg","type":"text"}],"type":"rich_text_section"}]`},
		{"*_beide_*", `[{"elements":[{"style":{"bold":true,"italic":true},"text":"beide","type":"text"}],"type":"rich_text_section"}]`},
		{"`a*b*`", `[{"elements":[{"style":{"code":true},"text":"a*b*","type":"text"}],"type":"rich_text_section"}]`},
		{"<https://kvk.nl/?a=1&amp;b=2|KvK>", `[{"elements":[{"text":"KvK","type":"link","url":"https://kvk.nl/?a=1\u0026b=2"}],"type":"rich_text_section"}]`},
		{"*<@U1>* <!here> <#C1|x> :+1:", `[{"elements":[{"style":{"bold":true},"type":"user","user_id":"U1"},{"text":" ","type":"text"},{"range":"here","type":"broadcast"},{"text":" ","type":"text"},{"channel_id":"C1","type":"channel"},{"text":" ","type":"text"},{"name":"+1","type":"emoji"}],"type":"rich_text_section"}]`},
		{"a_b_c 2*3*4 10:30:15 *los <x> `", `[{"elements":[{"text":"a_b_c 2*3*4 10:30:15 *los \u003cx\u003e ` + "`" + `","type":"text"}],"type":"rich_text_section"}]`},
		{"&gt; zei hij\nja", `[{"elements":[{"text":"zei hij","type":"text"}],"type":"rich_text_quote"},{"elements":[{"text":"ja","type":"text"}],"type":"rich_text_section"}]`},
		{"zie ```\nx *y*\n```", `[{"elements":[{"text":"zie ","type":"text"}],"type":"rich_text_section"},{"elements":[{"text":"x *y*","type":"text"}],"type":"rich_text_preformatted"}]`},
		{"open ``` blijft", "[{\"elements\":[{\"text\":\"open \",\"type\":\"text\"}],\"type\":\"rich_text_section\"},{\"elements\":[{\"text\":\"``` blijft\",\"type\":\"text\"}],\"type\":\"rich_text_section\"}]"},
		{"", `[{"elements":[],"type":"rich_text_section"}]`},
	} {
		if got := string(encode(richTextOf(c.typed)["elements"])); got != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.typed, got, c.want)
		}
	}
}

// FuzzComposer: whatever is typed becomes a block that the workspace itself
// would take from an app, with every letter kept.
func FuzzComposer(f *testing.F) {
	for _, s := range []string{"*a* _b_ ~c~ `d`", "```x``` &gt; y", "<https://a|b> <@U1> :x:", "*_~*_~", "\xff*\xff*", "****", "<!channel>"} {
		f.Add(s)
	}
	s := &Server{st: newState()}
	f.Fuzz(func(t *testing.T, typed string) {
		typed = strings.ToValidUTF8(typed, "?")
		block := richTextOf(typed)
		if len(block["elements"].([]object)) == 1 && len(block["elements"].([]object)[0]["elements"].([]object)) == 0 {
			return // nothing but marks
		}
		raw := encode([]object{block})
		if checked := s.validateBlocks(surfaceMessage, raw); len(checked.errors) > 0 && len(typed) < 1000 {
			t.Errorf("%q: %v\n%s", typed, checked.errors, raw)
		}
		var any []any
		if json.Unmarshal(raw, &any) != nil {
			t.Errorf("%q is not JSON", typed)
		}
	})
}

// TestComposerIsQuick: the longest message that Slack takes, of nothing but
// marks, is no work.
func TestComposerIsQuick(t *testing.T) {
	for _, mark := range []string{"*a ", "_*~", "`", "<", "&gt; a\n", "```", ":a"} {
		began := time.Now()
		richTextOf(strings.Repeat(mark, 40_000/len(mark)))
		if took := time.Since(began); took > 20*time.Second { // a millisecond; what is not linear takes minutes
			t.Errorf("%q took %s", mark, took)
		}
	}
}
