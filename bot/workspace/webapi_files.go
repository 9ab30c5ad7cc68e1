package workspace

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

func filesGetUploadURL(s *Server, a args) (object, error) {
	name, length := a.text("filename"), a.whole("length", -1)
	switch {
	case name == "" || length < 0:
		return nil, invalidArguments([]string{"[ERROR] missing required field: filename or length"})
	case length == 0:
		return nil, refuse("invalid_arguments")
	case length > maxFileSize:
		return nil, refuse("file_upload_size_restricted")
	}
	f := &file{ID: newID("F"), Name: name, Title: name, Alt: a.text("alt_txt"), User: s.cfg.BotUser,
		Created: s.now().Unix(), Key: randomHex(8), upload: randomHex(16), expected: int64(length)}
	s.st.files[f.ID] = f
	return object{"upload_url": s.base + "/upload/v1/" + f.ID + "/" + f.upload, "file_id": f.ID}, nil
}

// serveUpload takes the bytes for a promised file, raw or as multipart "file".
func (s *Server) serveUpload(w http.ResponseWriter, r *http.Request) {
	id, secret, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/upload/v1/"), "/")
	r.Body = http.MaxBytesReader(w, r.Body, maxFileSize+1<<20)
	content, err := uploadBytes(r)
	if err != nil {
		http.Error(w, "can not read the upload", http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.st.files[id]
	switch {
	case r.Method != http.MethodPost:
		http.Error(w, "POST the file", http.StatusMethodNotAllowed)
	case f == nil || f.upload == "" || f.upload != secret:
		http.Error(w, "unknown upload", http.StatusNotFound)
	case int64(len(content)) != f.expected:
		http.Error(w, "length differs from what was announced", http.StatusBadRequest)
	default:
		f.fill(content)
		_, _ = io.WriteString(w, "OK - "+r.Header.Get("Content-Length"))
	}
}

func uploadBytes(r *http.Request) ([]byte, error) {
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		mr, err := r.MultipartReader()
		if err != nil {
			return nil, err
		}
		for {
			part, err := mr.NextPart()
			if err != nil {
				return nil, err
			}
			if part.FormName() == "file" || part.FileName() != "" {
				return io.ReadAll(part)
			}
		}
	}
	return io.ReadAll(r.Body)
}

func filesCompleteUpload(s *Server, a args) (object, error) {
	var list []struct {
		ID    string `json:"id"`
		Title string `json:"title"`
	}
	if json.Unmarshal(a.json("files"), &list) != nil || len(list) == 0 {
		return nil, invalidArguments([]string{"[ERROR] must provide an array [json-pointer:/files]"})
	}
	var c *conversation
	if id := a.text("channel_id"); id != "" {
		var err error
		if c, err = s.reach(id); err != nil {
			return nil, err
		}
		if err := c.thread(a.text("thread_ts")); err != nil {
			return nil, err
		}
	}
	files := []*file{}
	for _, item := range list {
		f := s.st.files[item.ID]
		if f == nil || f.Complete || f.bytes == nil {
			return nil, refuse("file_not_found")
		}
		if item.Title != "" {
			f.Title = item.Title
		}
		files = append(files, f)
	}
	out := []object{}
	m := &message{User: s.cfg.BotUser, BotID: s.botID, Text: a.text("initial_comment"), ThreadTS: a.text("thread_ts"), Subtype: "file_share"}
	for _, f := range files {
		s.finishFile(f)
		m.Files = append(m.Files, f.ID)
	}
	if c != nil {
		s.post(c, m)
		for _, f := range files {
			s.sharedEvent(c, f)
		}
	}
	for _, f := range files {
		out = append(out, s.fileObject(f))
	}
	s.touch()
	return object{"files": out}, nil
}

func filesInfo(s *Server, a args) (object, error) {
	f := s.st.files[a.text("file")]
	if f == nil || !f.Complete || !s.sharedWith(f, s.cfg.BotUser) {
		return nil, refuse("file_not_found")
	}
	return object{"file": s.fileObject(f), "comments": []object{}}, nil
}

func filesDelete(s *Server, a args) (object, error) {
	f := s.st.files[a.text("file")]
	if f == nil || !f.Complete {
		return nil, refuse("file_not_found")
	}
	if f.User != s.cfg.BotUser {
		return nil, refuse("cant_delete_file")
	}
	delete(s.st.files, f.ID)
	s.dropFile(f)
	s.touch()
	return nil, nil
}

// servePrivateFile is url_private: with the bot's token as bearer only. Without
// it Slack shows its sign-in page as HTML with status 200.
func (s *Server) servePrivateFile(w http.ResponseWriter, r *http.Request) {
	_, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/files-pri/"), "-")
	id, _, _ := strings.Cut(rest, "/")
	s.mu.Lock()
	f := s.st.files[id]
	allowed := r.Header.Get("Authorization") == "Bearer "+s.cfg.BotToken && s.may("files:read") && !s.uninstalled
	ok := f != nil && f.Complete && s.sharedWith(f, s.cfg.BotUser)
	drop, status := s.roulette(privateFiles)
	slow := time.Duration(0)
	if s.faults.concerns(privateFiles) {
		slow, allowed = time.Duration(s.faults.SlowMS)*time.Millisecond, allowed && !s.roll(s.faults.SignIn)
	}
	s.mu.Unlock()
	select {
	case <-time.After(slow):
	case <-r.Context().Done():
		return
	}
	switch {
	case status != 0:
		s.answerFault(w, status)
	case drop:
		s.breakOff(w, f)
	case !allowed:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, "<!DOCTYPE html><html><title>Sign in</title></html>")
	case !ok:
		http.NotFound(w, r)
	default:
		s.writeFile(w, r, f)
	}
}

// privateFiles is what files' addresses are called among the faults.
const privateFiles = "files-pri"

// breakOff gives half of a file and closes the connection.
func (s *Server) breakOff(w http.ResponseWriter, f *file) {
	if f != nil {
		s.mu.Lock()
		content := s.fileBytes(f)
		s.mu.Unlock()
		w.Header().Set("Content-Length", strconv.Itoa(len(content)))
		_, _ = w.Write(content[:len(content)/2])
	}
	panic(http.ErrAbortHandler)
}

// servePageFile is /files/<id>/<key>/<name>, for pages.
func (s *Server) servePageFile(w http.ResponseWriter, r *http.Request) {
	parts := strings.Split(strings.TrimPrefix(r.URL.Path, "/files/"), "/")
	s.mu.Lock()
	f := s.st.files[parts[0]]
	ok := f != nil && len(parts) >= 2 && parts[1] == f.Key
	s.mu.Unlock()
	if !ok {
		http.NotFound(w, r)
		return
	}
	s.writeFile(w, r, f)
}

func (s *Server) writeFile(w http.ResponseWriter, r *http.Request, f *file) {
	s.mu.Lock()
	content, kind, name := s.fileBytes(f), f.Mimetype, safeName(f.Name)
	s.mu.Unlock()
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "private, no-store")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; sandbox")
	if !strings.HasPrefix(kind, "image/") || kind == "image/svg+xml" || r.URL.Query().Get("download") != "" {
		w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	}
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(content)
}
