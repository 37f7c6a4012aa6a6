package law

// SPM is how the attainment of the SPM is reckoned (PP 2/2018, Permensos 9/2018 annex I, Permendagri 59/2021): the four
// groups served inside a panti, the target in percent, and from 2021 on the weights and categories of the index.
type SPM struct {
	Target        int64         `json:"target"`
	Groups        []Named       `json:"groups"`
	ServedWeight  int64         `json:"served_weight,omitempty"`  // percent of the index that is X/Y; 0: there is no index
	QualityWeight int64         `json:"quality_weight,omitempty"` // percent of it that is the minimum quality
	Categories    []SPMCategory `json:"categories,omitempty"`     // falling by From
}

// SPMCategory is what an index from so many points on is called.
type SPMCategory struct {
	Named
	From int64 `json:"from"`
}

// SPMs is the SPM through time.
var SPMs = Load[SPM]("spm")
