/* Near me: the states and provinces that people write behind a town, `Boston, MA`; search reads them,
   too. */
window.trialpagesNear = (() => {
  'use strict';

  /** By country, each with the letters it is written by. */
  const IN_SHORT = {
    'United States': `AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC District of Columbia|FL Florida|GA Georgia
      |HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota
      |MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota
      |OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|PR Puerto Rico|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont
      |VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming`,
    Canada: `AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NS Nova Scotia|ON Ontario|PE Prince Edward Island|QC Quebec|SK Saskatchewan`,
    Australia: 'NSW New South Wales|QLD Queensland|SA South Australia|TAS Tasmania|VIC Victoria|WA Western Australia|ACT Australian Capital Territory|NT Northern Territory',
  };

  const states = Object.entries(IN_SHORT).flatMap(([country, listed]) => listed.split(/\s*\|/).map((one) => {
    const [, short, name] = /^(\S+) (.+)$/.exec(one);
    return { country, short, name };
  }));

  return { states };
})();
