// The form that sends a voucher: one box for an address or a telephone number.
import { z } from "zod";
import { uuidField } from "../../../../core/http/fields.ts";
import { oneLine, readEmail, readPhone } from "../../../../core/importing/values.ts";
import type { Address } from "./telling.ts";

const addressField = z
  .string()
  .max(200, "Au plus 200 signes.")
  .default("")
  .transform((typed, context): Address => {
    const text = oneLine(typed);
    const mail = text.includes("@");
    const read = mail ? readEmail(text) : readPhone(text);
    if (text !== "" && read.ok) return { channel: mail ? "mail" : "sms", recipient: read.value };
    context.addIssue({
      code: "custom",
      message: "Écrivez une adresse électronique ou un numéro de mobile.",
    });
    return z.NEVER;
  });

export const SendForm = z.object({ key: uuidField, a: addressField });
