package mail

import (
	"bufio"
	"context"
	"net"
	"strings"
	"testing"
)

// answering speaks as much SMTP as one letter needs, and gives the letter.
func answering(t *testing.T) (address string, got chan string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	got = make(chan string, 1)
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer func() { _ = c.Close() }()
		say := func(s string) { _, _ = c.Write([]byte(s + "\r\n")) }
		say("220 uji")
		var letter strings.Builder
		in, data := bufio.NewScanner(c), false
		for in.Scan() {
			line := in.Text()
			switch {
			case data && line == ".":
				data = false
				got <- letter.String()
				say("250 ok")
			case data:
				letter.WriteString(line + "\n")
			case strings.HasPrefix(line, "DATA"):
				data = true
				say("354 go on")
			case strings.HasPrefix(line, "QUIT"):
				say("221 bye")
				return
			default:
				say("250 ok")
			}
		}
	}()
	return l.Addr().String(), got
}

func TestSend(t *testing.T) {
	t.Parallel()
	address, got := answering(t)
	s := Sender{Server: address, From: "rujukan@dinsos.example"}
	if err := s.Send(context.Background(), "rujukan@dinas.example", "Satu rujukan", "Buka kotak masuk"); err != nil {
		t.Fatal(err)
	}
	letter := <-got
	for _, want := range []string{"To: <rujukan@dinas.example>", "Subject: Satu rujukan", "Buka kotak masuk"} {
		if !strings.Contains(letter, want) {
			t.Errorf("%q is not in %s", want, letter)
		}
	}
}

// A file goes with the letter under its name and type: a calendar reads the method from it.
func TestSend_file(t *testing.T) {
	t.Parallel()
	address, got := answering(t)
	s := Sender{Server: address, From: "rakor@dinsos.example"}
	if err := s.Send(context.Background(), "rujukan@dinas.example", "Undangan", "Isi", File{Name: "rapat.ics", Type: "text/calendar; charset=utf-8; method=REQUEST", Body: []byte("BEGIN:VCALENDAR\r\n")}); err != nil {
		t.Fatal(err)
	}
	letter := <-got
	for _, want := range []string{"text/calendar", "method=REQUEST", "rapat.ics", "QkVHSU46VkNBTEVOREFS"} { // the last is BEGIN:VCALENDAR in base64
		if !strings.Contains(letter, want) {
			t.Errorf("%q is not in %s", want, letter)
		}
	}
}

// A password never travels over a connection that is not encrypted.
func TestSend_passwordNeedsEncryption(t *testing.T) {
	t.Parallel()
	address, _ := answering(t)
	s := Sender{Server: address, From: "a@b.example", User: "u", Password: "p"}
	if err := s.Send(context.Background(), "c@d.example", "x", "y"); err == nil {
		t.Error("a password was sent in the open")
	}
}

// An address that is none, or that hides a second head, is refused.
func TestSend_badAddress(t *testing.T) {
	t.Parallel()
	s := Sender{Server: "127.0.0.1:1", From: "a@b.example"}
	for _, to := range []string{"", "bukan alamat", "a@b.example\r\nBcc: c@d.example"} {
		if err := s.Send(context.Background(), to, "x", "y"); err == nil {
			t.Errorf("%q was taken", to)
		}
	}
}
