package chart

import (
	"image/color"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
)

// smallest is the least size of a letter in pixels: at 1600 pixels across it
// can still be read from the back of a meeting room.
const smallest = 16

// lettering is how a piece of text looks. Size is in pixels.
type lettering struct {
	size float64
	bold bool
	ink  color.RGBA
}

func (l lettering) in(c color.RGBA) lettering { l.ink = c; return l }

// The sizes of every picture.
var (
	kicker   = lettering{size: 20, bold: true, ink: accent}
	headline = lettering{size: 38, bold: true, ink: ink}
	caption  = lettering{size: 18, ink: faded}
	figure   = lettering{size: 28, bold: true, ink: ink}
	plain    = lettering{size: 22, ink: ink}
	strong   = lettering{size: 22, bold: true, ink: ink}
	heading  = lettering{size: 26, bold: true, ink: ink}
	giant    = lettering{size: 56, bold: true, ink: ink}
)

// typefaces are the Go fonts, regular and bold, which stand in the program:
// no font of the machine is used, so a picture looks the same everywhere. They
// are parsed by the first picture.
var typefaces = sync.OnceValue(func() (pair [2]*opentype.Font) {
	for i, ttf := range [][]byte{goregular.TTF, gobold.TTF} {
		f, err := opentype.Parse(ttf)
		if err != nil {
			panic(err) // the library holds no font
		}
		pair[i] = f
	}
	return pair
})

func (l lettering) typeface() *opentype.Font {
	if l.bold {
		return typefaces()[1]
	}
	return typefaces()[0]
}

// face draws l. It has state: it serves one picture, not several at once.
func (l lettering) face() font.Face {
	f, err := opentype.NewFace(l.typeface(), &opentype.FaceOptions{Size: l.size, DPI: 72})
	if err != nil {
		panic(err) // never: the options are sound
	}
	return f
}

// width is how many pixels s takes.
func (l lettering) width(s string) float64 {
	return float64(font.MeasureString(l.face(), s)) / 64
}

// clean keeps what the font can draw: a control character becomes a space, a
// letter it does not have is left out, and so is what would turn text round.
func (l lettering) clean(s string) string {
	f := l.typeface()
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		if g, err := f.GlyphIndex(nil, r); err != nil || g == 0 {
			return -1
		}
		return r
	}, s)
}

// fit shrinks l until s fits in width, to the smallest size at the least, and
// cuts s with an ellipsis when even that is too wide.
func (l lettering) fit(s string, width float64) (lettering, string) {
	if w := l.width(s); w > width {
		l.size = max(smallest, min(l.size, float64(int(l.size*width/w))))
	}
	return l, l.cut(s, width)
}

// cut returns s, or what fits of it in width with an ellipsis behind.
func (l lettering) cut(s string, width float64) string {
	if l.width(s) <= width {
		return s
	}
	letters := []rune(s)
	low, high := 0, len(letters) // letters[:low] fits
	for low+1 < high {
		mid := (low + high) / 2
		if l.width(string(letters[:mid])+"…") <= width {
			low = mid
		} else {
			high = mid
		}
	}
	kept := string(letters[:low])
	// Between words, where that costs little.
	if i := strings.LastIndexByte(kept, ' '); i > len(kept)/2 && letters[low] != ' ' {
		kept = kept[:i]
	}
	return strings.TrimRight(kept, " ") + "…"
}

// wrap breaks s between words in at most lines lines of width pixels. A word
// that is wider than a line is broken inside; what does not fit ends in an
// ellipsis. Non-breaking spaces keep an amount together.
func (l lettering) wrap(s string, width float64, lines int) []string {
	words := strings.FieldsFunc(l.clean(s), func(r rune) bool { return r == ' ' })
	var out []string
	for len(words) > 0 {
		if len(out) == lines-1 {
			return append(out, l.cut(strings.Join(words, " "), width))
		}
		n := 1
		for n < len(words) && l.width(strings.Join(words[:n+1], " ")) <= width {
			n++
		}
		line := strings.Join(words[:n], " ")
		words = words[n:]
		if n == 1 && l.width(line) > width {
			head, tail := l.split(line, width)
			line = head
			words = append([]string{tail}, words...)
		}
		out = append(out, line)
	}
	return out
}

// split breaks a word that is wider than width; the head carries a hyphen and
// holds at least one letter. Up to hyphenReach letters earlier it prefers a place
// where Dutch may break: after a hyphen, or before a consonant that a vowel follows.
func (l lettering) split(word string, width float64) (head, tail string) {
	letters := []rune(word)
	n := 1
	for n+1 < len(letters) && l.width(string(letters[:n+1])+"-") <= width {
		n++
	}
	for k := n; k > 3 && k > n-hyphenReach; k-- {
		if letters[k-1] == '-' || letters[k-1] == '/' {
			return string(letters[:k]), string(letters[k:])
		}
		if k+2 < len(letters) && syllable(letters[k-1], letters[k], letters[k+1]) {
			n = k
			break
		}
	}
	return string(letters[:n]) + "-", string(letters[n:])
}

// hyphenReach is how many letters before the edge a better break is looked for.
const hyphenReach = 6

// syllable says whether a syllable may begin at letter, which before stands before
// and after follows. "Ch" and what else belongs together is kept.
func syllable(before, letter, after rune) bool {
	pair := string(before) + string(letter)
	for _, kept := range []string{"ch", "sc", "st", "sp", "th", "ph", "kl", "kr", "pr", "pl", "br", "bl", "dr", "tr", "gr", "gl", "fr", "fl", "zw"} {
		if strings.EqualFold(pair, kept) {
			return false
		}
	}
	return unicode.IsLetter(before) && unicode.IsLetter(letter) && !vowel(letter) && vowel(after)
}

func vowel(r rune) bool {
	return strings.ContainsRune("aeiouyàáâäèéêëìíîïòóôöùúûü", unicode.ToLower(r))
}
