package chart

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"klantbot/commands/locale"
)

var (
	update = flag.Bool("update", false, "rewrite the golden pictures; look at them afterwards")
	show   = flag.String("show", "", "folder to write every state to, full size")
)

// thumb is every fourth pixel's neighbourhood averaged: what the eye sees, and
// what a rounding in the edge of a letter does not change.
func thumb(img *image.RGBA) *image.RGBA {
	const n = 4
	out := image.NewRGBA(image.Rect(0, 0, paperWidth/n, paperHeight/n))
	for y := range paperHeight / n {
		for x := range paperWidth / n {
			var sum [3]int
			for i := range n * n {
				c := img.RGBAAt(x*n+i%n, y*n+i/n)
				sum[0], sum[1], sum[2] = sum[0]+int(c.R), sum[1]+int(c.G), sum[2]+int(c.B)
			}
			out.SetRGBA(x, y, color.RGBA{uint8(sum[0] / (n * n)), uint8(sum[1] / (n * n)), uint8(sum[2] / (n * n)), 255})
		}
	}
	return out
}

// differing counts the pixels of two thumbnails that differ visibly.
func differing(a image.Image, b *image.RGBA) (n int) {
	const visible = 14
	for y := range b.Rect.Dy() {
		for x := range b.Rect.Dx() {
			c, d := color.RGBAModel.Convert(a.At(x, y)).(color.RGBA), b.RGBAAt(x, y)
			if apart(c.R, d.R) > visible || apart(c.G, d.G) > visible || apart(c.B, d.B) > visible {
				n++
			}
		}
	}
	return n
}

func apart(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }

// tolerated is how many of the 90,000 pixels of a thumbnail may differ; one
// other digit changes more.
const tolerated = 6

func TestGoldenPictures(t *testing.T) {
	for _, d := range pictures() {
		if *show != "" {
			writePNG(t, filepath.Join(*show, d.name+"."+d.lang+".png"), d.picture.img)
		}
		if !d.golden || d.lang == "en" && d.name != "pyramid_office" {
			continue
		}
		path := filepath.Join("testdata", d.name+"."+d.lang)
		small, text := thumb(d.picture.img), d.text(d.p)+"\n"
		if *update {
			writePNG(t, path+".png", small)
			if err := os.WriteFile(path+".txt", []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		compareGolden(t, path, small, text)
	}
}

func compareGolden(t *testing.T, path string, small *image.RGBA, text string) {
	t.Helper()
	raw, err := os.ReadFile(path + ".png")
	if err != nil {
		t.Fatal(err)
	}
	want, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if n := differing(want, small); n > tolerated {
		t.Errorf("%s: %d pixels differ; look with -show DIR and accept with -update", path, n)
	}
	words, err := os.ReadFile(path + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	if string(words) != text {
		t.Errorf("%s.txt: got\n%s", path, text)
	}
}

func writePNG(t *testing.T, path string, img image.Image) {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// One other digit is seen: the tolerance is not a blindfold.
func TestToleranceSeesADigit(t *testing.T) {
	p := locale.New(locale.Dutch, nil)
	changed := office()
	changed[3].Groups++
	if n := differing(thumb(drawPyramid(p, office(), asOf).img), thumb(drawPyramid(p, changed, asOf).img)); n <= tolerated {
		t.Errorf("one more group changes %d pixels", n)
	}
}

func TestSameInputSameBytes(t *testing.T) {
	p := locale.New(locale.Dutch, nil)
	first := crowd(900)
	var want bytes.Buffer
	if err := ClientTypes(&want, p, first, asOf); err != nil {
		t.Fatal(err)
	}
	if cfg, err := png.DecodeConfig(bytes.NewReader(want.Bytes())); err != nil || cfg.Width != 1600 || cfg.Height != 900 {
		t.Fatalf("a picture of %d x %d, %v", cfg.Width, cfg.Height, err)
	}
	var group sync.WaitGroup
	for i := range 4 { // at once, and in another order
		group.Go(func() {
			again := crowd(900)
			r := rand.New(rand.NewPCG(uint64(i), 7))
			r.Shuffle(len(again.Points), func(a, b int) {
				again.Points[a], again.Points[b] = again.Points[b], again.Points[a]
			})
			var got bytes.Buffer
			if err := ClientTypes(&got, p, again, asOf); err != nil || !bytes.Equal(got.Bytes(), want.Bytes()) {
				t.Errorf("drawn again: %d bytes, %v; first %d", got.Len(), err, want.Len())
			}
		})
	}
	group.Wait()
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestWriterThatFails(t *testing.T) {
	if err := Pyramid(fullDisk{}, locale.New(locale.Dutch, nil), office(), asOf); err == nil {
		t.Error("a picture that could not be written is no error")
	}
}

// A point stands inside the field of its own corner whatever its value, and
// nearer to the far end when its value is.
func TestPointsStayInTheirField(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scale := Scale{rapid.Float64().Draw(t, "low"), rapid.Float64().Draw(t, "border"), rapid.Float64().Draw(t, "high")}
		field := box{400, 200, 1100, 760}
		d := spot{corner: rapid.IntRange(0, 3).Draw(t, "corner")}
		x := rapid.Float64().Draw(t, "x")
		d.u = scale.away(x, d.corner&1 == 1)
		d.v = scale.away(rapid.Float64().Draw(t, "y"), d.corner < 2)
		if further := scale.away(x+1, true); further < scale.away(x, true) {
			t.Fatalf("a higher value stands lower: %v", further)
		}
		for _, odd := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
			for _, s := range []Scale{scale, {0, 1, math.Inf(1)}, {odd, odd, odd}} {
				if part := s.away(odd, true); !(part >= 0 && part <= 1) {
					t.Fatalf("%v on %v lies at %v", odd, s, part)
				}
			}
		}
		r := rapid.Float64Range(2, 15).Draw(t, "r")
		q := quadrant{}
		px, py := q.place(field, d, r)
		b := q.part(field, d.corner)
		if !(px-r > b.x0 && px+r < b.x1 && py-r > b.y0 && py+r < b.y1) {
			t.Fatalf("%v at %v,%v is outside %v", d, px, py, b)
		}
	})
}

// A longer share is a longer bar, to the pixel.
func TestBarsAreProportional(t *testing.T) {
	p := locale.New(locale.Dutch, nil)
	layers := office()
	s := drawPyramid(p, layers, Options{})
	height := (pyramidFoot - pyramidTop - 3*layerGap) / 4.0
	length := func(i int) (n int) {
		y := int(pyramidTop + float64(i)*(height+layerGap) + height/2 - 15)
		for x := barLeft; s.img.RGBAAt(x, y) != white; x++ {
			n++
		}
		return n
	}
	if longest := length(1); longest < 300 {
		t.Errorf("the longest bar is %d pixels", longest)
	}
	for i := range 4 {
		want := float64(length(1)) * layers[i].ShareRevenue / layers[1].ShareRevenue
		if got := float64(length(i)); got < want-2 || got > want+2 {
			t.Errorf("bar %d is %v pixels, want %.1f", i, got, want)
		}
	}
}
