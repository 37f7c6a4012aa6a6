package law

import (
	"encoding/json"
	"fmt"
	"io/fs"
)

// StandardFile is the text of a standard that comes with the program: law/standards/<key>/<version>.json. The desk of
// standards reads it, as it reads the file of an office.
type StandardFile struct {
	Key, Version string
	Body         []byte
}

var standards = loadStandards()

// Standards are the files of standards, by key and version.
func Standards() []StandardFile { return standards }

func loadStandards() (all []StandardFile) {
	names, err := fs.Glob(files, "standards/*/*.json")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		var head struct{ Key, Version, Source, Status, Note string }
		body, err := files.ReadFile(name)
		if err == nil {
			err = json.Unmarshal(body, &head)
		}
		if path := fmt.Sprintf("standards/%s/%s.json", head.Key, head.Version); err == nil && path != name {
			err = fmt.Errorf("belongs into %s", path)
		}
		if err != nil {
			panic(fmt.Sprintf("law/%s: %v", name, err))
		}
		all = append(all, StandardFile{head.Key, head.Version, body})
		entries = append(entries, Entry{Set: "standards", File: head.Key + "/" + head.Version + ".json", Source: head.Source, Status: head.Status, Note: head.Note})
	}
	return all
}
