import type { Step } from "../call.ts";
import { getAccountConfiguration, putAccountConfiguration } from "./account-configuration.ts";
import { deleteCertificate } from "./delete-certificate.ts";
import { describeCertificate } from "./describe-certificate.ts";
import { getCertificate } from "./get-certificate.ts";
import { listCertificates } from "./list-certificates.ts";
import { renewCertificate } from "./renew-certificate.ts";
import { requestCertificate } from "./request-certificate.ts";
import { addTagsToCertificate, listTagsForCertificate, removeTagsFromCertificate } from "./tags.ts";
import { updateCertificateOptions } from "./update-certificate-options.ts";

/** Certificate Manager: its modelled operations. */
export const ACM: Readonly<Record<string, Step>> = {
  RequestCertificate: requestCertificate,
  DescribeCertificate: describeCertificate,
  ListCertificates: listCertificates,
  DeleteCertificate: deleteCertificate,
  AddTagsToCertificate: addTagsToCertificate,
  RemoveTagsFromCertificate: removeTagsFromCertificate,
  ListTagsForCertificate: listTagsForCertificate,
  UpdateCertificateOptions: updateCertificateOptions,
  GetCertificate: getCertificate,
  RenewCertificate: renewCertificate,
  GetAccountConfiguration: getAccountConfiguration,
  PutAccountConfiguration: putAccountConfiguration,
};
