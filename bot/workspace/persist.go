package workspace

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// The state file is JSON lines, a record a line, written anew beside the old
// one and renamed over it. Reading skips lines it can not read, so a truncated
// tail costs only what was in it.

// record is one line; exactly one field beside Channel's id is set.
type record struct {
	Offset  *time.Duration `json:"offset,omitempty"`
	LastTS  int64          `json:"last_ts,omitempty"`
	Channel *conversation  `json:"channel,omitempty"`
	In      string         `json:"in,omitempty"`
	Message *message       `json:"message,omitempty"`
	File    *file          `json:"file,omitempty"`
	Home    *View          `json:"home,omitempty"`
	User    string         `json:"user,omitempty"`
}

const saveEvery = 500 * time.Millisecond

// saveLoop writes the state some time after it changed.
func (s *Server) saveLoop() {
	for {
		select {
		case <-s.stop.Done():
			return
		case <-s.dirty:
		}
		select {
		case <-s.stop.Done():
			return
		case <-time.After(saveEvery):
		}
		if err := s.save(); err != nil {
			s.note("save state: " + err.Error())
		}
	}
}

// save writes the state file, if there is one to write.
func (s *Server) save() error {
	if s.cfg.StatePath == "" {
		return nil
	}
	s.mu.Lock()
	var b bytes.Buffer
	line := func(r record) { b.Write(encode(r)); b.WriteByte('\n') }
	offset := s.offset
	line(record{Offset: &offset, LastTS: s.st.lastTS})
	for _, c := range s.st.sortedChannels() {
		line(record{Channel: c})
		for _, m := range c.messages {
			if m.Viewer == "" {
				line(record{In: c.ID, Message: m})
			}
		}
	}
	for _, f := range s.st.files {
		if f.Complete {
			line(record{File: f})
		}
	}
	for user, v := range s.st.homes {
		line(record{Home: v, User: user})
	}
	s.mu.Unlock()
	return replaceFile(s.cfg.StatePath, b.Bytes())
}

// replaceFile writes beside path and renames, readable by the owner only.
func replaceFile(path string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("write workspace state: %w", err)
	}
	defer os.Remove(f.Name())
	_, err = f.Write(content)
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write workspace state: %w", err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("write workspace state: %w", err)
	}
	return nil
}

// load reads the state file over what Config made. Users always come from Config.
func (s *Server) load() error {
	if s.cfg.StatePath == "" {
		return nil
	}
	raw, err := os.ReadFile(s.cfg.StatePath)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read workspace state: %w", err)
	}
	lines := bufio.NewScanner(bytes.NewReader(raw))
	lines.Buffer(nil, len(raw)+1)
	for lines.Scan() {
		var r record
		if json.Unmarshal(lines.Bytes(), &r) == nil {
			s.restore(r)
		}
	}
	return nil
}

func (s *Server) restore(r record) {
	switch {
	case r.Offset != nil:
		s.offset, s.st.lastTS = *r.Offset, max(r.LastTS, s.st.lastTS)
	case r.Channel != nil && r.Channel.ID != "":
		if r.Channel.Read == nil {
			r.Channel.Read = map[string]string{}
		}
		s.st.channels[r.Channel.ID] = r.Channel
	case r.Message != nil && s.st.channels[r.In] != nil && isTS(r.Message.TS):
		c := s.st.channels[r.In]
		if n := len(c.messages); n == 0 || c.messages[n-1].TS < r.Message.TS {
			c.add(r.Message)
		}
		if us, ok := boundary(r.Message.TS, 0); ok {
			s.st.lastTS = max(s.st.lastTS, us)
		}
	case r.File != nil && r.File.ID != "":
		s.st.files[r.File.ID] = r.File
	case r.Home != nil && s.st.users[r.User] != nil:
		s.st.homes[r.User] = r.Home
	}
}

// File contents lie in a folder beside the state file, or only in memory without one.

func (s *Server) filePath(f *file) string {
	return filepath.Join(s.cfg.StatePath+".files", f.ID)
}

func (s *Server) keepFile(f *file) {
	if s.cfg.StatePath == "" {
		return
	}
	if os.MkdirAll(s.cfg.StatePath+".files", 0o700) == nil {
		_ = replaceFile(s.filePath(f), f.bytes) // lost contents show as an empty file after a restart
	}
}

func (s *Server) dropFile(f *file) {
	if s.cfg.StatePath != "" {
		_ = os.Remove(s.filePath(f)) // it may never have been kept
	}
}

func (s *Server) fileBytes(f *file) []byte {
	if f.bytes == nil && s.cfg.StatePath != "" {
		f.bytes, _ = os.ReadFile(s.filePath(f)) // gone: an empty file
	}
	return f.bytes
}
