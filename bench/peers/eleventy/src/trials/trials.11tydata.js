export default {
  tags: "trials",
  layout: "trial.njk",
  permalink: ({ page }) => `trials/${page.fileSlug}.html`,
};
