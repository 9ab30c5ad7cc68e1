package mask

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	_ "klantbot/analysis/rapidseed"
)

//go:embed testdata/sentences.txt
var fixture string

//go:embed testdata/heldout.txt
var heldOut string

// mark is what must be masked: bytes start up to end of the plain sentence.
type mark struct {
	kind       byte
	start, end int
}

var marks = regexp.MustCompile(`\{([KUBIHTEP]):([^}]*)\}`)

// marked reads the fixture: the names the office knows and the sentences.
func marked(t testing.TB, fixture string) (d *Directory, sentences []string, all [][]mark) {
	t.Helper()
	d = NewDirectory()
	for i, line := range strings.Split(fixture, "\n") {
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '+':
			d.AddPerson(fmt.Sprint("p", i), line[2:])
		case line[0] == '*':
			d.AddOrganisation(fmt.Sprint("o", i), line[2:])
		default:
			plain, last, these := "", 0, []mark(nil)
			for _, at := range marks.FindAllStringSubmatchIndex(line, -1) {
				plain += line[last:at[0]]
				these = append(these, mark{line[at[2]], len(plain), len(plain) + at[5] - at[4]})
				plain += line[at[4]:at[5]]
				last = at[1]
			}
			sentences, all = append(sentences, plain+line[last:]), append(all, these)
		}
	}
	return d, sentences, all
}

// covered counts the words of text[start:end] and how many of them are masked.
func covered(text string, start, end int, found []Found) (words, hidden int) {
	for _, t := range tokens(text) {
		if t.start < start || t.end > end {
			continue
		}
		words++
		if overlaps(found, t.start, t.end) {
			hidden++
		}
	}
	return words, hidden
}

// What the issue asks: everything known and everything with a checksum or form is
// gone, three quarters of the names nobody knows, and the words remain.
func TestMarkedSentences(t *testing.T) {
	if n := measured(t, fixture); n < 200 {
		t.Errorf("only %d sentences", n)
	}
}

// The same of sentences that begin with ordinary words, and with names that are
// ordinary words.
func TestHeldOutSentences(t *testing.T) {
	if n := measured(t, heldOut); n < 60 {
		t.Errorf("only %d sentences", n)
	}
}

// measured masks the sentences of a fixture, holds what became of them to the
// issue's shares, and returns how many there are.
func measured(t *testing.T, fixture string) int {
	t.Helper()
	d, sentences, all := marked(t, fixture)
	total, hidden := map[byte]int{}, map[byte]int{}
	other, lost := 0, 0
	for i, text := range sentences {
		m := New(d, "").Mask(text)
		if m.Original() != text {
			t.Errorf("%q did not come back: %q", m.Text, m.Original())
		}
		marks := all[i]
		for _, k := range marks {
			words, gone := covered(text, k.start, k.end, m.Found)
			total[k.kind]++
			if gone == words {
				hidden[k.kind]++
			} else {
				t.Logf("%c overlooked: %q -> %q", k.kind, text[k.start:k.end], m.Text)
			}
		}
		last := 0
		for _, k := range append(marks, mark{0, len(text), len(text)}) {
			words, gone := covered(text, last, k.start, m.Found)
			other, lost = other+words, lost+gone
			if gone > 0 {
				t.Logf("too much: %q -> %q", text, m.Text)
			}
			last = k.end
		}
	}
	for kind := range total {
		t.Logf("%c: %d of %d", kind, hidden[kind], total[kind])
		if kind != 'U' && hidden[kind] != total[kind] {
			t.Errorf("%c: %d of %d, want all", kind, hidden[kind], total[kind])
		}
	}
	if share := float64(hidden['U']) / float64(total['U']); share < .75 {
		t.Errorf("unknown names: %.0f%%, want 75%%", 100*share)
	}
	t.Logf("other words: %d of %d masked (%.1f%%)", lost, other, 100*float64(lost)/float64(other))
	if float64(lost) > .05*float64(other) {
		t.Errorf("%d of %d other words were masked, want at most 5%%", lost, other)
	}
	return len(sentences)
}

func TestSamePersonSamePlaceholder(t *testing.T) {
	d, _, _ := marked(t, fixture)
	j := New(d, "k3f9")
	m := j.Mask("Pieter de Vries belt. De Vries mailt. Gerben Postma ook; Postma of Gerben? En mevrouw Wouda.")
	want := "[PERSOON_1_k3f9] belt. [PERSOON_1_k3f9] mailt. [PERSOON_2_k3f9] ook; [PERSOON_2_k3f9] of [PERSOON_2_k3f9]? En mevrouw [PERSOON_3_k3f9]."
	if m.Text != want {
		t.Errorf("%s\nwant\n%s", m.Text, want)
	}
	if again := j.Mask("Nog een vraag van de Vries"); !strings.Contains(again.Text, "[PERSOON_1_k3f9]") {
		t.Errorf("the next text has %q", again.Text)
	}
	back, err := j.PutBack("Volgens [PERSOON_1_k3f9] en [PERSOON_2_k3f9].")
	if err != nil || back != "Volgens Pieter de Vries en Gerben Postma." {
		t.Errorf("put back %q, %v", back, err)
	}
	for _, bad := range []string{"[PERSOON_1]", "[PERSOON_9_k3f9]", "PERSOON_1_k3f9", "[persoon_1_k3f9]", "[PERSOON_1_xxxx]", "[PERSOON 1]", "[PERSOON_1_k3f9", "[BSN_1_k3f9]"} {
		if back, err := j.PutBack("Volgens " + bad + " is het goed"); err == nil || back != "" {
			t.Errorf("%s was put back: %q", bad, back)
		}
	}
	if j.Lost(m.Text, "alles weg") == nil || j.Lost(m.Text, m.Text) != nil {
		t.Error("a lost placeholder is not noticed, or one that is there is missed")
	}
}

// What looks like a placeholder in a text is no way to read another's name.
func TestForgedPlaceholder(t *testing.T) {
	j := New(nil, "")
	m := j.Mask("Mevrouw Blokzijl zegt [PERSOON_1] en [BSN_7]")
	if back, err := j.PutBack(m.Text); err != nil || back != "Mevrouw Blokzijl zegt [PERSOON_1] en [BSN_7]" {
		t.Errorf("%q came back as %q, %v", m.Text, back, err)
	}
}

func TestChecksums(t *testing.T) {
	for s, want := range map[string]bool{"123456782": true, "123456789": false, "000000000": false, "12345678": false, "1234567890": false, "12345678a": false} {
		if ValidBSN(s) != want {
			t.Errorf("ValidBSN(%s) is %v", s, !want)
		}
	}
	for s, want := range map[string]bool{"NL91ABNA0417164300": true, "NL92ABNA0417164300": false, "BE68539007547034": true, "DE89370400440532013000": true, "NL91ABNA041716430": false, "": false} {
		if ValidIBAN(s) != want {
			t.Errorf("ValidIBAN(%s) is %v", s, !want)
		}
	}
	for text, want := range map[string]string{
		"btw NL123456782B01 klopt":        "btw [BTW_1] klopt",
		"IBAN NL91ABNA0417164300 van ons": "IBAN [IBAN_1] van ons",
		"nummer 123456789 is geen BSN":    "nummer 123456789 is geen BSN",
		"1.234.567,89 euro":               "1.234.567,89 euro",
		"":                                "",
	} {
		if got := New(nil, "").Mask(text).Text; got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func reversible(t interface{ Errorf(string, ...any) }, d *Directory, text string) {
	for _, nonce := range []string{"", "k3f9"} {
		m := New(d, nonce).Mask(text)
		if got := m.Original(); got != text {
			t.Errorf("%q became %q and came back as %q", text, m.Text, got)
		}
		last := 0
		for _, f := range m.Found {
			if f.Start < last || f.End <= f.Start || f.End > len(text) {
				t.Errorf("%q: found %+v after %d", text, f, last)
			}
			last = f.End
		}
	}
}

func TestMasksAreReversible(t *testing.T) {
	d, sentences, _ := marked(t, fixture)
	rapid.Check(t, func(r *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(sentences), rapid.String(),
			rapid.SampledFrom([]string{"[PERSOON_1]", "[PERSOON_1_k3f9]", "\xff", "de", "Van", "B.V.", "@", "NL", "06-", "\n"})), 0, 6).Draw(r, "parts"), " ")
		reversible(r, d, text)
	})
}

func FuzzMask(f *testing.F) {
	d, sentences, _ := marked(f, fixture)
	for _, s := range sentences {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { reversible(t, d, text) })
}

func TestNastyTexts(t *testing.T) {
	d, _, _ := marked(t, fixture)
	for _, text := range []string{strings.Repeat("a", 100_000), strings.Repeat("A ", 50_000), strings.Repeat("0", 100_000), strings.Repeat("Jan ", 25_000),
		strings.Repeat("1 ", 50_000), "\x00\x01\xfe\xff", strings.Repeat("[PERSOON_1]", 5_000), strings.Repeat("a@", 50_000), strings.Repeat(".", 100_000), "🙂"} {
		reversible(t, d, text)
	}
}
