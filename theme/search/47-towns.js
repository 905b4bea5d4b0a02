/* Search: towns that records call by more than one name, `München` and `Munich`: one place each. */
(() => {
  'use strict';

  const search = window.trialpagesSearch;

  /** By country, as records name it: a Naples elsewhere is no Napoli. */
  const TOWNS = {
    Austria: ['Vienna|Wien'],
    Belgium: ['Antwerp|Antwerpen|Anvers', 'Bruges|Brugge', 'Brussels|Bruxelles|Brussel', 'Ghent|Gent|Gand', 'Leuven|Louvain', 'Liège|Liege|Luik'],
    China: ['Beijing|Peking'],
    Czechia: ['Pilsen|Plzeň|Plzen', 'Prague|Praha'],
    Denmark: ['Aarhus|Århus', 'Copenhagen|København|Kobenhavn'],
    Germany: ['Cologne|Köln|Koeln', 'Düsseldorf|Duesseldorf', 'Göttingen|Goettingen', 'Hanover|Hannover', 'Lübeck|Luebeck', 'Munich|München|Muenchen',
      'Münster|Muenster', 'Nuremberg|Nürnberg|Nuernberg', 'Tübingen|Tuebingen', 'Würzburg|Wuerzburg'],
    Greece: ['Athens|Athina', 'Thessaloniki|Thessaloníki|Saloniki|Salonica'],
    India: ['Bangalore|Bengaluru', 'Bombay|Mumbai', 'Calcutta|Kolkata', 'Madras|Chennai'],
    Italy: ['Florence|Firenze', 'Genoa|Genova', 'Mantua|Mantova', 'Milan|Milano', 'Naples|Napoli', 'Padua|Padova', 'Rome|Roma', 'Turin|Torino', 'Venice|Venezia'],
    Netherlands: ['The Hague|Den Haag|Hague|\'s-Gravenhage'],
    Poland: ['Krakow|Kraków|Cracow', 'Warsaw|Warszawa', 'Łódź|Lodz', 'Wrocław|Wroclaw|Breslau'],
    Portugal: ['Lisbon|Lisboa', 'Porto|Oporto'],
    Romania: ['Bucharest|București|Bucuresti'],
    Russia: ['Moscow|Moskva', 'Saint Petersburg|St. Petersburg|St Petersburg|Sankt-Peterburg'],
    Serbia: ['Belgrade|Beograd'],
    Spain: ['A Coruña|La Coruña|Corunna', 'Seville|Sevilla'],
    Sweden: ['Gothenburg|Göteborg|Goteborg', 'Malmö|Malmo'],
    Switzerland: ['Basel|Basle|Bâle', 'Bern|Berne', 'Geneva|Genève|Geneve|Genf', 'Lucerne|Luzern', 'Zurich|Zürich|Zuerich'],
    Ukraine: ['Kyiv|Kiev', 'Lviv|Lvov', 'Kharkiv|Kharkov', 'Odesa|Odessa'],
  };
  const OTHER_NAMES = { Czechia: 'Czech Republic', Russia: 'Russian Federation' };

  const known = new Map(); // label of a town in letters -> those of the same place
  for (const [country, towns] of Object.entries(TOWNS)) {
    for (const names of towns.map((one) => one.split('|'))) {
      for (const there of [country, OTHER_NAMES[country]].filter(Boolean)) {
        for (const name of names) known.set(search.lettersOf(`${name}, ${there}`), new Set(names.map(search.lettersOf)));
      }
    }
  }

  /** What a town is called, in letters, by its label, `München, Germany`. */
  search.townNames = (label) => [search.lettersOf(label.split(',')[0]), ...known.get(search.lettersOf(label)) ?? []];
})();
