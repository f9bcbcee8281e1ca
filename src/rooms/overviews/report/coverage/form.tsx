// The form that takes the lines of a printed report in.

const hint =
  "Une ligne par chiffre, avec au moins «\u00a0libellé\u00a0» et «\u00a0valeur\u00a0»\u00a0; mieux\u00a0: code, page, dispositif, unité, période, répartition, nature et calcul.";
const againHint =
  " Les lignes que le fichier n’a plus sont retirées, avec ce qui les donnait\u00a0; ce qui donne les autres reste.";

export const TakeForm = ({ year, again }: { year: number; again?: boolean }) => (
  <>
    <h2>{again ? "Reprendre les lignes imprimées" : "Donner les lignes imprimées"}</h2>
    <form method="post" action={`/rapport/couverture/${year}/lignes`} enctype="multipart/form-data">
      <div class="field">
        <label for="fichier">Chiffres du rapport {year}, en CSV</label>
        <p class="hint" id="fichier-aide">
          {hint}
          {again ? againHint : ""}
        </p>
        <input
          id="fichier"
          name="fichier"
          type="file"
          required
          accept=".csv,.txt,.tsv,text/csv"
          aria-describedby="fichier-aide"
        />
      </div>
      <button type="submit" class={again ? "second" : undefined}>
        Lire ces lignes
      </button>
    </form>
  </>
);
