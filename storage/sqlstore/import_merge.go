package sqlstore

import (
	"bufio"
	"bytes"
	"io"
)

// merge yields the records of all runs by always taking the least of their
// heads, kept in a heap.
func (s *sorter) merge(yield func([]byte, error) bool) {
	var h heap
	for _, e := range s.runs {
		r := &recordReader{r: bufio.NewReaderSize(io.NewSectionReader(s.file, e.off, e.n), 1<<16)}
		if r.next() {
			h = append(h, leg{head: headOf(r.rec), from: r})
		} else if r.err != nil {
			yield(nil, r.err)
			return
		}
	}
	for i := len(h)/2 - 1; i >= 0; i-- {
		h.down(i)
	}
	for len(h) > 0 {
		top := h[0].from
		if !yield(top.rec, nil) {
			return
		}
		if top.next() {
			h[0].head = headOf(top.rec)
		} else if top.err != nil {
			yield(nil, top.err)
			return
		} else {
			h[0] = h[len(h)-1]
			h = h[:len(h)-1]
		}
		h.down(0)
	}
}

// leg is one run in the merge.
type leg struct {
	head uint64
	from *recordReader
}

// heap keeps the leg with the least record first. container/heap would call
// through an interface five times a row.
type heap []leg

func (h heap) less(i, j int) bool {
	if h[i].head != h[j].head {
		return h[i].head < h[j].head
	}
	return bytes.Compare(h[i].from.rec, h[j].from.rec) < 0
}

// down moves leg i below what is less than it.
func (h heap) down(i int) {
	for {
		least, left := i, 2*i+1
		for _, child := range [2]int{left, left + 1} {
			if child < len(h) && h.less(child, least) {
				least = child
			}
		}
		if least == i {
			return
		}
		h[i], h[least] = h[least], h[i]
		i = least
	}
}
