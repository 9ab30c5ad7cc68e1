package match

import "math"

// maxWords is the number of words of an entry that can be found; the rest of a
// longer name is kept as text only.
const maxWords = 16

// term is one word of a name, as far as its weight depends on it.
type term struct {
	class  class
	rarity float32 // 0..1, see rarityOf
	comma  bool    // a comma follows
}

// smallOffice is added to the number of entries when rarity is measured: among
// forty names it says little that three are called Smit.
const smallOffice = 1000

// rarityOf returns ln(1+m/df)/ln(1+m) with m = n + smallOffice, the inverse
// document frequency scaled to 0..1: 1 for a word in one of n entries, and in a
// large index near 0 for a word in all.
func rarityOf(df, n int) float32 {
	n += smallOffice
	return float32(math.Log1p(float64(n)/float64(df)) / math.Log1p(float64(n)))
}

const (
	// rarityShare is how much of a heavy word's weight depends on its rarity.
	rarityShare = .7
	// besideHead is what a heavy word counts that is not the head: a first name.
	besideHead = .55
)

// weigh fills weights with the weight of each term of a name; it returns their
// sum, which is positive, and the place of the head, -1 without one. The head of a name is its surname: the last heavy
// word, or the last before the first comma that follows one. A heavy word
// weighs 1-rarityShare+rarityShare·rarity, and besideHead of that when it is
// not the head; other words weigh what their class does. "Heer" is the head
// where no heavy word follows ("J. de Heer"), else a title, and so is the "de"
// before it. In a name of nothing but light words, titles weigh as surnames.
func weigh(terms []term, weights []float32) (sum float32, head int) {
	end, named := len(terms), false
	for i, t := range terms {
		named = named || t.class == heavy || t.class == heer
		if t.comma && named {
			end = i + 1
			break
		}
	}
	head = -1
	for i := end - 1; i >= 0 && head < 0; i-- {
		if terms[i].class == heavy || terms[i].class == heer {
			head = i
		}
	}
	onlyLight := true
	for i, t := range terms {
		w := classWeight[t.class]
		switch {
		case i == head:
			w = 1 - rarityShare + rarityShare*t.rarity
		case t.class == particle && i+1 < len(terms) && i+1 != head && terms[i+1].class == heer:
			w = classWeight[title]
		case t.class == heavy:
			w = besideHead * (1 - rarityShare + rarityShare*t.rarity)
		}
		weights[i] = w
		sum += w
		onlyLight = onlyLight && t.class.light()
	}
	if onlyLight {
		for i, t := range terms {
			if t.class == title {
				sum += 1 - weights[i]
				weights[i] = 1
			}
		}
	}
	return sum, head
}
