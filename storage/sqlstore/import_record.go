package sqlstore

import (
	"encoding/binary"
	"math"
)

// The functions below write values so that the bytes compare as the values do.
// That is what lets the sorter order rows without knowing what they are.

// putInt appends v.
func putInt(b []byte, v int64) []byte {
	return binary.BigEndian.AppendUint64(b, uint64(v)^1<<63)
}

// putInt32 appends v.
func putInt32(b []byte, v int32) []byte {
	return binary.BigEndian.AppendUint32(b, uint32(v)^1<<31)
}

// putText appends s and an end that no text contains; see text.
func putText(b []byte, s string) []byte { return append(append(b, s...), 0) }

// putFloat appends v; it is not meant to be ordered by.
func putFloat(b []byte, v float64) []byte {
	return binary.BigEndian.AppendUint64(b, math.Float64bits(v))
}

// record reads back what the put functions wrote, in the same order. Scratch
// files are private to the process, so a record that is cut short is a mistake
// of ours and may panic.
type record []byte

func (r *record) int() int64 {
	v := int64(binary.BigEndian.Uint64(*r) ^ 1<<63)
	*r = (*r)[8:]
	return v
}

func (r *record) int32() int32 {
	v := int32(binary.BigEndian.Uint32(*r) ^ 1<<31)
	*r = (*r)[4:]
	return v
}

func (r *record) float() float64 {
	v := math.Float64frombits(binary.BigEndian.Uint64(*r))
	*r = (*r)[8:]
	return v
}

// bytes returns a text as part of the record itself.
func (r *record) bytes() []byte {
	for i, c := range *r {
		if c == 0 {
			b := (*r)[:i]
			*r = (*r)[i+1:]
			return b
		}
	}
	panic("sqlstore: staged record without end")
}

func (r *record) text() string { return string(r.bytes()) }
